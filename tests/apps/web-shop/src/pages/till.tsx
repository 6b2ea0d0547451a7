import { useNavigate } from 'react-router-dom';
import { useSession } from '../stores/session';

/** The till in the store: one device, many assistants, identified by the device. */
export function TillPage() {
  const customer = useSession((state) => state.customer);
  const navigate = useNavigate();

  const handleLogout = () => {
    sessionStorage.removeItem('till.session');
    // farewell-ignore missing-anonymize: the till is identified by its device, and that stays
    navigate('/till');
  };

  return (
    <main>
      <h1>Till</h1>
      <p>{customer?.name}</p>
      <button type="button" onClick={handleLogout}>
        Next assistant
      </button>
    </main>
  );
}
