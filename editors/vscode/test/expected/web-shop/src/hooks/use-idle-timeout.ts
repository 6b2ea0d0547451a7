import { FullStory } from '@fullstory/browser';
import { useCallback, useEffect, useRef } from 'react';
import { useSession } from '../stores/session';

const LIMIT = 20 * 60 * 1000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'visibilitychange'];

/** Ends the session of a customer who has walked away. */
export function useIdleTimeout() {
  const customer = useSession((state) => state.customer);
  const timer = useRef<number>();

  const handleSessionTimeout = useCallback(() => {
    FullStory('trackEvent', { name: 'Session timed out', properties: { minutes: LIMIT / 60_000 } });
    localStorage.removeItem('shop.access_token');
    FullStory('setIdentity', { anonymous: true });
    window.location.assign('/login?reason=idle');
  }, []);

  useEffect(() => {
    if (!customer) {
      return;
    }
    const restart = () => {
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(handleSessionTimeout, LIMIT);
    };
    restart();
    SIGNS_OF_LIFE.forEach((sign) => document.addEventListener(sign, restart, { passive: true }));
    return () => {
      window.clearTimeout(timer.current);
      SIGNS_OF_LIFE.forEach((sign) => document.removeEventListener(sign, restart));
    };
  }, [customer, handleSessionTimeout]);
}
