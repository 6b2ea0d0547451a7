import FullStory from '@fullstory/react-native';
import AsyncStorage from '@react-native-async-storage/async-storage';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import * as Keychain from 'react-native-keychain';
import { client } from '../api/client';

export interface Customer {
  id: string;
  name: string;
  segment: 'private' | 'business';
}

interface Auth {
  customer: Customer | null;
  signIn: (number: string, pin: string) => Promise<void>;
  signOut: () => Promise<void>;
}

const AuthContext = createContext<Auth | null>(null);

export function AuthProvider({ children }: { children: ReactNode }) {
  const [customer, setCustomer] = useState<Customer | null>(null);

  const signIn = useCallback(async (number: string, pin: string) => {
    const { data } = await client.post<{ token: string; customer: Customer }>('/sessions', { number, pin });
    await Keychain.setGenericPassword(data.customer.id, data.token);
    await AsyncStorage.setItem('customer', JSON.stringify(data.customer));
    FullStory.identify(data.customer.id, { displayName: data.customer.name, segment_str: data.customer.segment });
    setCustomer(data.customer);
  }, []);

  const signOut = useCallback(async () => {
    FullStory.event('Sign out', { source: 'profile' });
    try {
      await client.delete('/sessions/current');
    } catch (error) {
      console.warn('The session will expire by itself.', error);
    }
    try {
      await Keychain.resetGenericPassword();
      await AsyncStorage.removeItem('customer');
    } finally {
      FullStory.anonymize();
      setCustomer(null);
    }
  }, []);

  const value = useMemo(() => ({ customer, signIn, signOut }), [customer, signIn, signOut]);

  return <AuthContext.Provider value={value}>{children}</AuthContext.Provider>;
}

export function useAuth(): Auth {
  const auth = useContext(AuthContext);
  if (!auth) {
    throw new Error('useAuth needs an AuthProvider above it');
  }
  return auth;
}
