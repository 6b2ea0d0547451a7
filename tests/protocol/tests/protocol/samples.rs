//! The code that the sessions are about.

/// A logout that leaves the page with the identity. Nothing else is wrong with it.
pub(crate) const LOGOUT: &str = "\
export function login(user: { id: string }) {
  FS('setIdentity', { uid: user.id });
}

export async function logout() {
  FS('trackEvent', { name: 'Logout', properties: {} });
  await fetch('/api/logout', { method: 'POST' });
  localStorage.removeItem('token');
  window.location.href = '/login';
}
";

/// The way out in [`LOGOUT`].
pub(crate) const WAY_OUT: &str = "window.location.href = '/login'";

/// The line that mends [`LOGOUT`] before its way out.
pub(crate) const RELEASE: &str = "FS('setIdentity', { anonymous: true });\n  ";

/// [`LOGOUT`] as it should be.
pub(crate) fn released() -> String {
    LOGOUT.replace(WAY_OUT, &format!("{RELEASE}{WAY_OUT}"))
}
