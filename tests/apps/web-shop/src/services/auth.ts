import { FullStory, isInitialized } from '@fullstory/browser';
import { useSession, type Customer } from '../stores/session';
import { http } from './http';

const TOKEN = 'shop.access_token';

/** Signs customers in and out. Every screen comes here. */
export class AuthService {
  async login(email: string, password: string): Promise<Customer> {
    const { data } = await http.post<{ token: string; customer: Customer }>('/auth/login', { email, password });
    localStorage.setItem(TOKEN, data.token);
    useSession.getState().setCustomer(data.customer);
    if (isInitialized()) {
      FullStory('setIdentity', {
        uid: data.customer.id,
        properties: { displayName: data.customer.name, plan: data.customer.plan },
      });
    }
    return data.customer;
  }

  async logout(source: string): Promise<void> {
    if (isInitialized()) {
      FullStory('trackEvent', { name: 'Logout', properties: { source } });
    }
    try {
      await http.post('/auth/logout');
    } catch (error) {
      console.warn('The server did not end the session; it will time out.', error);
    }
    localStorage.removeItem(TOKEN);
    useSession.getState().setCustomer(null);
    this.releaseIdentity();
  }

  private releaseIdentity() {
    if (!isInitialized()) {
      return;
    }
    FullStory('setIdentity', { anonymous: true });
  }
}

export const auth = new AuthService();
