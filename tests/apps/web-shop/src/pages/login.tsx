import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { auth } from '../services/auth';
import { startCompanyLogin } from '../services/single-sign-on';

export function LoginPage() {
  const [problem, setProblem] = useState<string | null>(null);
  const [search] = useSearchParams();
  const navigate = useNavigate();

  const handleSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      await auth.login(String(form.get('email')), String(form.get('password')));
      navigate(search.get('next') ?? '/');
    } catch {
      setProblem('That email and password do not match.');
    }
  };

  return (
    <main>
      <h1>Log in</h1>
      {search.get('reason') === 'idle' && <p>You were away for a while, so we logged you out.</p>}
      <form onSubmit={handleSubmit}>
        <input name="email" type="email" autoComplete="username" required />
        <input name="password" type="password" autoComplete="current-password" required />
        {problem && <p role="alert">{problem}</p>}
        <button type="submit">Log in</button>
      </form>
      <button type="button" onClick={() => startCompanyLogin('acme')}>
        Use my company account
      </button>
    </main>
  );
}
