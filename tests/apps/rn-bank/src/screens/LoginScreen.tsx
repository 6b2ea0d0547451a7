import type { NativeStackScreenProps } from '@react-navigation/native-stack';
import { useState } from 'react';
import { Button, Text, TextInput, View } from 'react-native';
import { useAuth } from '../auth/AuthContext';
import type { RootStack } from '../navigation/types';

export function LoginScreen({ route }: NativeStackScreenProps<RootStack, 'Login'>) {
  const { signIn } = useAuth();
  const [number, setNumber] = useState('');
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const handleSignIn = async () => {
    try {
      await signIn(number, pin);
    } catch {
      setProblem('That number and PIN do not match.');
    }
  };

  return (
    <View>
      {route.params?.reason === 'expired' && <Text>Your session has expired.</Text>}
      <TextInput value={number} onChangeText={setNumber} placeholder="Customer number" />
      <TextInput value={pin} onChangeText={setPin} placeholder="PIN" secureTextEntry />
      {problem && <Text>{problem}</Text>}
      <Button title="Sign in" onPress={handleSignIn} />
    </View>
  );
}
