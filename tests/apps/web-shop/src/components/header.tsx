import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { auth } from '../services/auth';
import { useSession } from '../stores/session';

export function Header() {
  const customer = useSession((state) => state.customer);
  const [leaving, setLeaving] = useState(false);
  const navigate = useNavigate();

  const handleLogout = async () => {
    if (leaving) {
      return;
    }
    setLeaving(true);
    try {
      await auth.logout('header');
      navigate('/login');
    } finally {
      setLeaving(false);
    }
  };

  return (
    <header>
      <Link to="/">Fern &amp; Field</Link>
      {customer ? (
        <nav aria-label="Account">
          <Link to="/account/security">{customer.name}</Link>
          <button type="button" disabled={leaving} onClick={handleLogout}>
            Log out
          </button>
        </nav>
      ) : (
        <Link to="/login">Log in</Link>
      )}
    </header>
  );
}
