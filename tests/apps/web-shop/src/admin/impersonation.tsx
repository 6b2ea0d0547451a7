import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { http } from '../services/http';
import type { Customer } from '../stores/session';

/** Lets support see the shop as a customer sees it. */
export function ImpersonationPanel() {
  const { id } = useParams();
  const [customer, setCustomer] = useState<Customer | null>(null);

  useEffect(() => {
    http.get<Customer>(`/admin/customers/${id}`).then(({ data }) => setCustomer(data));
  }, [id]);

  const impersonateUser = async () => {
    const { data } = await http.post<{ token: string }>(`/admin/customers/${id}/impersonate`);
    sessionStorage.setItem('shop.impersonation', String(id));
    localStorage.setItem('shop.access_token', data.token);
    window.location.assign('/');
  };

  return (
    <button type="button" disabled={!customer} onClick={impersonateUser}>
      View the shop as {customer?.name}
    </button>
  );
}
