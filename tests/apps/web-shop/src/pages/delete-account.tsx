import { FullStory } from '@fullstory/browser';
import { useState } from 'react';
import { http } from '../services/http';

export function DeleteAccountPage() {
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function deleteAccount() {
    try {
      await http.post('/me/delete', { password });
    } catch {
      setProblem('That is not your password.');
      return;
    }
    FullStory('trackEvent', { name: 'Account deleted', properties: {} });
    localStorage.clear();
    FullStory('setIdentity', { uid: null });
    window.location.href = '/?deleted';
  }

  return (
    <main>
      <h1>Delete your account</h1>
      <p>Your orders and addresses will be gone for good.</p>
      <input type="password" value={password} onChange={(event) => setPassword(event.target.value)} />
      {problem && <p role="alert">{problem}</p>}
      <button type="button" onClick={deleteAccount}>
        Delete my account
      </button>
    </main>
  );
}
