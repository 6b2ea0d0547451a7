import { Navigate, Outlet, useLocation } from 'react-router-dom';
import { useSession } from '../stores/session';

/** Sends visitors who are not signed in to the login page. */
export function RequireCustomer() {
  const customer = useSession((state) => state.customer);
  const location = useLocation();

  if (!customer) {
    return <Navigate to="/login" replace state={{ from: location.pathname }} />;
  }
  return <Outlet />;
}
