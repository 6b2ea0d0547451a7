import FullStory from '@fullstory/react-native';

const LIMIT = 3 * 60 * 1000;

let lastTouch = Date.now();

export function noteTouch() {
  lastTouch = Date.now();
}

/** Hides balances behind the PIN pad while nobody touches the screen. */
export function watchInactivity(lock: () => void) {
  const timer = setInterval(() => {
    if (Date.now() - lastTouch > LIMIT) {
      lock();
      FullStory.anonymize();
    }
  }, 5000);
  return () => clearInterval(timer);
}
