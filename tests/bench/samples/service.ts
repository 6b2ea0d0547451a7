import { FullStory } from '@fullstory/browser';
import { api } from './api';
import { router } from './router';

=====

export interface OrderNUMBER {
  id: string;
  items: Array<{ sku: string; amount: number }>;
  total: number;
}

export class OrderServiceNUMBER {
  private cache = new Map<string, OrderNUMBER>();

  constructor(private readonly retries: number) {}

  async load(id: string): Promise<OrderNUMBER | undefined> {
    const known = this.cache.get(id);
    if (known) {
      return known;
    }
    for (let attempt = 0; attempt < this.retries; attempt++) {
      try {
        const response = await api.get(`/orders/${id}`);
        if (response.status === 404) return undefined;
        const order = response.data as OrderNUMBER;
        order.total = order.items.reduce((sum, item) => sum + item.amount, 0);
        this.cache.set(id, order);
        return order;
      } catch (error) {
        if (attempt + 1 === this.retries) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
      }
    }
    return undefined;
  }

  open(id: string): void {
    FullStory('trackEvent', { name: 'Order opened', properties: { id } });
    router.push(`/orders/${id}`);
  }
}
=====

export async function handleLogoutNUMBER(reason?: string): Promise<void> {
  try {
    await api.post('/logout', { reason });
    localStorage.removeItem('token');
    FullStory('trackEvent', { name: 'Logout', properties: { reason } });
    FullStory('setIdentity', { anonymous: true });
    window.location.href = '/login';
  } catch {
    window.location.href = '/login?error=1';
  }
}
