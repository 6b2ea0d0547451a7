import { create } from 'zustand';

export interface Customer {
  id: string;
  email: string;
  name: string;
  plan: 'free' | 'plus';
}

interface SessionState {
  customer: Customer | null;
  setCustomer: (customer: Customer | null) => void;
}

export const useSession = create<SessionState>((set) => ({
  customer: null,
  setCustomer: (customer) => set({ customer }),
}));
