import { Route, Routes } from 'react-router-dom';
import { ImpersonationPanel } from './admin/impersonation';
import { Header } from './components/header';
import { RequireCustomer } from './components/require-customer';
import { useIdleTimeout } from './hooks/use-idle-timeout';
import { DeleteAccountPage } from './pages/delete-account';
import { GuestCheckout } from './pages/guest-checkout';
import { LoginPage } from './pages/login';
import { ProductsPage } from './pages/products';
import { SecurityPage } from './pages/security';
import { TillPage } from './pages/till';

export function App() {
  useIdleTimeout();

  return (
    <>
      <Header />
      <Routes>
        <Route path="/" element={<ProductsPage />} />
        <Route path="/login" element={<LoginPage />} />
        <Route path="/checkout/guest" element={<GuestCheckout />} />
        <Route path="/till" element={<TillPage />} />
        <Route element={<RequireCustomer />}>
          <Route path="/account/security" element={<SecurityPage />} />
          <Route path="/account/delete" element={<DeleteAccountPage />} />
          <Route path="/admin/customers/:id" element={<ImpersonationPanel />} />
        </Route>
      </Routes>
    </>
  );
}
