import { FullStory } from '@fullstory/browser';
import { useEffect, useState } from 'react';
import { http } from '../services/http';

export function GuestCheckout() {
  const [email, setEmail] = useState('');

  useEffect(() => {
    FullStory('setIdentity', { anonymous: true });
  }, []);

  const order = () => http.post('/orders', { guest: email });

  return (
    <main>
      <h1>Order without an account</h1>
      <input type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      <button type="button" onClick={order}>
        Order
      </button>
    </main>
  );
}
