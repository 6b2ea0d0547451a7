import { useState } from 'react';
import { Button, Text, View } from 'react-native';
import { useAuth } from '../auth/AuthContext';

export function ProfileScreen() {
  const { customer, signOut } = useAuth();
  const [leaving, setLeaving] = useState(false);

  const handleSignOut = async () => {
    if (leaving) return;
    setLeaving(true);
    await signOut();
  };

  return (
    <View>
      <Text>{customer?.name}</Text>
      <Button title="Sign out" disabled={leaving} onPress={handleSignOut} />
    </View>
  );
}
