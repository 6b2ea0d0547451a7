//! Calls of unknown callees, by their names.

use super::{check, meaning};

#[test]
fn state_setters() {
    check(&[
        ("~setUser(null)", "clear"),
        ("~setToken(null)", "clear"),
        ("~setToken('')", "clear"),
        ("~setCurrentUser(undefined)", "clear"),
        ("~setIsAuthenticated(false)", "clear"),
        ("~setIsLoggedIn(false)", "clear"),
        ("~setSession(null)", "clear"),
        ("~setAuth({})", "clear"),
        ("~setUser(user)", ""),
        ("~setIsLoggedIn(true)", ""),
        ("~setLoading(false)", ""),
        ("~setUserMenuOpen(false)", ""),
        ("~setError(null)", ""),
        ("~setSelectedUser(null)", ""),
        ("this.setState({ user: null })", "clear"),
        ("this.setState({ open: false })", ""),
        ("~set({ user: null, token: null })", "clear"),
        ("~authStore.$patch({ user: null })", "clear"),
        ("this.currentUserSubject.next(null)", "clear"),
        ("this.user.set(null)", "clear"),
        ("this.items.set(null)", ""),
        ("~map.set(null, 1)", ""),
        ("./analytics#analytics.setUser(null)", "clear ?"),
        ("./fs#setFullstoryUser(null)", "?"),
        ("~useAuthStore.getState().clear()", "clear"),
        ("./query#queryClient.setQueryData(['user'], null)", "clear"),
    ]);
    assert!(meaning("~setUser(null)").never_throws);
}

#[test]
fn clearing_by_name() {
    check(&[
        ("./tokens#clearTokens()", "clear"),
        ("./auth#purgeAuth()", "clear"),
        ("./auth#clearAuth()", "clear"),
        ("./auth#clearAuthState()", "clear"),
        ("./auth#clearAuthTokens()", "clear"),
        ("./storage#clearLocalStorage()", "clear"),
        ("./storage#clearStorage()", "clear"),
        ("./cookies#clearCookies()", "clear"),
        ("./auth#removeToken()", "clear"),
        ("this.jwtService.destroyToken()", "clear"),
        ("./auth#clearSession()", "clear ?"),
        ("./auth#clearUser()", "clear ?"),
        ("~tokenService.clear()", "clear"),
        ("my-app/services/token-storage#tokenStorage.clear()", "clear"),
        ("firebase/auth#tokenStorage.clear()", ""),
        ("~authStore.reset()", "clear"),
        ("~sessionStore.clear()", "clear ?"),
        ("./users#deleteUser(id)", ""),
        ("./users#removeUser(id)", ""),
        ("~form.reset()", ""),
        ("~uploader.reset()", ""),
        ("~state.reset()", ""),
        ("clearTimeout(timer)", ""),
        ("~clearErrors()", ""),
        ("./x#clearUserFilters()", "?"),
    ]);
}

#[test]
fn dispatching() {
    check(&[
        ("~dispatch({ type: 'LOGOUT' })", "clear"),
        ("~dispatch({ type: 'auth/logout' })", "clear"),
        ("~dispatch({ type: ActionTypes.LOG_OUT })", "clear"),
        ("~dispatch({ type: 'CLEAR_USER' })", "clear"),
        ("~dispatch({ type: 'SET_THEME' })", ""),
        ("~dispatch(./userSlice#clearUser())", "clear"),
        ("~dispatch(./authSlice#logout())", "clear ?"),
        ("~dispatch(./userSlice#userSlice.actions.logout())", "clear"),
        ("~dispatch(./cart#addItem())", ""),
        ("this.$store.commit('CLEAR_USER')", "clear"),
        ("this.$store.commit('user/logout')", "clear"),
        ("this.$store.commit('setTheme')", ""),
        ("this.$store.dispatch('auth/logout')", "clear ?"),
        ("this.store.dispatch(./auth.actions#AuthActions.logout())", "clear ?"),
        ("redux-saga/effects#put({ type: 'LOGOUT' })", "clear"),
        ("~dispatch(push)", ""),
    ]);
}

#[test]
fn what_may_release_out_of_sight() {
    check(&[
        ("./fullstory#anonymizeUser()", "?"),
        ("./tracking#resetUser()", "clear ?"),
        ("~trackers.resetUser()", "clear ?"),
        ("./analytics#resetTracking()", "?"),
        ("./telemetry#clearIdentity()", "clear ?"),
        ("~identityService.clear()", "clear ?"),
        ("~fullstoryService.clear()", "?"),
        ("./auth#logoutUser()", "?"),
        ("~onLogout()", "?"),
        ("./session#performLogout()", "?"),
        ("./analytics#trackLogout()", "?"),
        ("./ui#showLogoutDialog()", ""),
        ("./urls#getLogoutUrl()", ""),
        ("./cart#clearCart()", ""),
        ("./auth#login()", ""),
        ("lodash#debounce(f)", ""),
        ("./math#resetZoom()", ""),
    ]);
}

#[test]
fn a_sagas_call_is_a_call_of_what_it_is_given() {
    check(&[
        ("redux-saga/effects#call(./history#history.push, '/login')", "navigate"),
        ("redux-saga/effects#call([history, ./history#history.push], '/login')", "navigate"),
        ("redux-saga/effects#call(aws-amplify#Auth.signOut)", "sign-out(Amplify)"),
        ("redux-saga/effects#call(./api#api.logout)", "?"),
        ("redux-saga/effects#call(./fullstory#anonymizeUser)", "?"),
        ("redux-saga/effects#call(()=>x)", ""),
        ("redux-saga/effects#call()", ""),
    ]);
}
