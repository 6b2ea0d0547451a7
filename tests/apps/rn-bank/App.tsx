import { NavigationContainer } from '@react-navigation/native';
import { createNativeStackNavigator } from '@react-navigation/native-stack';
import { AuthProvider, useAuth } from './src/auth/AuthContext';
import { navigationRef } from './src/navigation/navigationRef';
import type { RootStack } from './src/navigation/types';
import { AccountsScreen } from './src/screens/AccountsScreen';
import { CloseAccountScreen } from './src/screens/CloseAccountScreen';
import { CustomerSwitcherScreen } from './src/screens/CustomerSwitcherScreen';
import { LoginScreen } from './src/screens/LoginScreen';
import { ProfileScreen } from './src/screens/ProfileScreen';
import { SettingsScreen } from './src/screens/SettingsScreen';
import { WelcomeScreen } from './src/screens/WelcomeScreen';

const Stack = createNativeStackNavigator<RootStack>();

function Screens() {
  const { customer } = useAuth();

  return (
    <Stack.Navigator>
      {customer ? (
        <>
          <Stack.Screen name="Accounts" component={AccountsScreen} />
          <Stack.Screen name="Profile" component={ProfileScreen} />
          <Stack.Screen name="Settings" component={SettingsScreen} />
          <Stack.Screen name="CustomerSwitcher" component={CustomerSwitcherScreen} />
          <Stack.Screen name="CloseAccount" component={CloseAccountScreen} />
        </>
      ) : (
        <>
          <Stack.Screen name="Welcome" component={WelcomeScreen} />
          <Stack.Screen name="Login" component={LoginScreen} />
        </>
      )}
    </Stack.Navigator>
  );
}

export default function App() {
  return (
    <AuthProvider>
      <NavigationContainer ref={navigationRef}>
        <Screens />
      </NavigationContainer>
    </AuthProvider>
  );
}
