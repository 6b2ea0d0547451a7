import { createNavigationContainerRef } from '@react-navigation/native';
import type { RootStack } from './types';

/** For code that is no screen: the API client, the session's timers. */
export const navigationRef = createNavigationContainerRef<RootStack>();
