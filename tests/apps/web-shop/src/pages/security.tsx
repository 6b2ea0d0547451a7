import { FullStory } from '@fullstory/browser';
import { useNavigate } from 'react-router-dom';
import { http } from '../services/http';
import { useSession } from '../stores/session';

export function SecurityPage() {
  const setCustomer = useSession((state) => state.setCustomer);
  const navigate = useNavigate();

  const logoutEverywhere = async () => {
    await http.delete('/sessions');
    localStorage.removeItem('shop.access_token');
    setCustomer(null);
    FullStory('setIdentity', { anonymous: true });
    FullStory('trackEvent', { name: 'Logout', properties: { source: 'everywhere' } });
    navigate('/login');
  };

  const signOutOtherDevices = async () => {
    await http.delete('/sessions/others');
  };

  return (
    <main>
      <h1>Security</h1>
      <button type="button" onClick={signOutOtherDevices}>
        Sign out my other devices
      </button>
      <button type="button" onClick={logoutEverywhere}>
        Log out everywhere
      </button>
    </main>
  );
}
