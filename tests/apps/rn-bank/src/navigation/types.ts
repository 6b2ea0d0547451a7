export type RootStack = {
  Accounts: undefined;
  Profile: undefined;
  Settings: undefined;
  CustomerSwitcher: undefined;
  CloseAccount: undefined;
  Welcome: undefined;
  Login: { reason?: 'expired' | 'locked' } | undefined;
};
