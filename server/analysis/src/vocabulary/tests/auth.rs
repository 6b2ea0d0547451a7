//! Sign-outs, other vendors' sessions, cleared state and requests.

use super::{REACT_NATIVE, check, check_assigned, check_on, meaning};
use crate::vocabulary::{Effect, Vocabulary};

#[test]
fn libraries_that_navigate_by_themselves() {
    check(&[
        ("next-auth/react#signOut()", "sign-out(Auth.js) leave"),
        ("next-auth/react#signOut({ callbackUrl: '/' })", "sign-out(Auth.js) leave"),
        ("next-auth/react#signOut({ redirect: false })", "sign-out(Auth.js)"),
        ("next-auth/react#signOut({ ...options })", "sign-out(Auth.js) leave"),
        ("@auth0/auth0-react#useAuth0().logout({ returnTo: url })", "sign-out(Auth0) leave"),
        ("@auth0/auth0-react#useAuth0().logout()", "sign-out(Auth0) leave"),
        ("@auth0/auth0-react#useAuth0().logout({ openUrl: false })", "sign-out(Auth0)"),
        ("@auth0/auth0-angular#AuthService{}.logout()", "sign-out(Auth0) leave"),
        ("@clerk/nextjs#useClerk().signOut()", "sign-out(Clerk) navigate"),
        ("@clerk/nextjs#useClerk().signOut(()=>x)", "sign-out(Clerk)"),
        ("@azure/msal-react#useMsal().instance.logoutRedirect()", "sign-out(MSAL) leave"),
        ("@azure/msal-react#useMsal().instance.logoutPopup()", "sign-out(MSAL)"),
        ("./auth#msalInstance.logoutRedirect()", "sign-out(MSAL) leave"),
        ("./keycloak#default.logout()", "sign-out(Keycloak) leave"),
        ("./keycloak#keycloak.logout()", "sign-out(Keycloak) leave"),
        ("~userManager.signoutRedirect()", "sign-out(OpenID Connect) leave"),
        ("react-oidc-context#useAuth().signoutRedirect()", "sign-out(OpenID Connect) leave"),
        ("react-oidc-context#useAuth().removeUser()", "sign-out(OpenID Connect)"),
        ("@okta/okta-react#useOktaAuth().oktaAuth.signOut()", "sign-out(Okta) leave"),
        ("this.$auth.logout('local')", "sign-out(Nuxt Auth) navigate"),
    ]);
}

#[test]
fn libraries_that_stay() {
    check(&[
        ("firebase/auth#signOut(auth)", "sign-out(Firebase)"),
        ("firebase/app#default.auth().signOut()", "sign-out(Firebase)"),
        ("firebase.auth().signOut()", "sign-out(Firebase)"),
        ("./firebase#auth.signOut()", "sign-out(Firebase)"),
        ("this.$fireAuth.signOut()", "sign-out(Firebase)"),
        ("@angular/fire/compat/auth#AngularFireAuth{}.signOut()", "sign-out(AngularFire)"),
        ("firebase/auth#deleteUser(user)", "sign-out(Firebase)"),
        ("aws-amplify#Auth.signOut()", "sign-out(Amplify)"),
        ("aws-amplify/auth#signOut({ global: true })", "sign-out(Amplify)"),
        ("@supabase/supabase-js#createClient().auth.signOut()", "sign-out(Supabase)"),
        ("@/lib/supabase#supabase.auth.signOut()", "sign-out(Supabase)"),
        ("@/utils/supabase/client#createClient().auth.signOut()", "sign-out(Supabase) ?"),
        ("better-auth/react#createAuthClient().signOut()", "sign-out(Better Auth)"),
        ("@/lib/auth-client#authClient.signOut()", "sign-out(Better Auth)"),
        ("parse#default.User.logOut()", "sign-out(Parse)"),
        ("~cognitoUser.signOut()", "sign-out(Cognito)"),
    ]);
    check_on(
        REACT_NATIVE,
        &[
            ("@react-native-firebase/auth#default().signOut()", "sign-out(Firebase)"),
            ("react-native-auth0#useAuth0().clearSession()", "sign-out(Auth0)"),
        ],
    );
}

#[test]
fn a_projects_own_object_may_do_more() {
    check(&[
        ("./AuthContext#useAuth().signOut()", "?"),
        ("./auth.service#AuthService{}.signOut()", "?"),
        ("~auth.signOut()", "sign-out(Firebase)"),
        ("~authService.logout()", "?"),
        ("./session#logout()", "?"),
        ("@acme/auth#logout()", "?"),
    ]);
}

#[test]
fn third_parties_and_other_tools() {
    check(&[
        ("@react-native-google-signin/google-signin#GoogleSignin.signOut()", "third-party(Google)"),
        ("react-native-fbsdk-next#LoginManager.logOut()", "third-party(Facebook)"),
        ("FB.logout()", "third-party(Facebook)"),
        ("@privy-io/react-auth#usePrivy().logout()", "third-party(the wallet)"),
        ("Intercom.logout()", "resets(Intercom)"),
        ("window.Intercom('shutdown')", "resets(Intercom)"),
        ("window.Intercom('boot', o)", ""),
        ("posthog-js#default.reset()", "resets(PostHog)"),
        ("posthog-js/react#usePostHog().reset()", "resets(PostHog)"),
        ("./posthog#posthog.reset()", "resets(PostHog)"),
        ("mixpanel-browser#default.reset()", "resets(Mixpanel)"),
        ("@amplitude/analytics-browser#reset()", "resets(Amplitude)"),
        ("@amplitude/analytics-browser#setUserId(null)", "resets(Amplitude)"),
        ("@sentry/react#setUser(null)", "resets(Sentry)"),
        ("Sentry.setUser(null)", "resets(Sentry)"),
        ("Sentry.setUser({ id: user.id })", ""),
        ("@datadog/browser-rum#datadogRum.clearUser()", "resets(Datadog)"),
        ("heap.resetIdentity()", "resets(Heap)"),
    ]);
    for call in ["posthog-js#default.reset()", "FB.logout()"] {
        assert!(!meaning(call).may_release, "{call}");
    }
}

#[test]
fn segment_resets_on_native_alone() {
    check(&[
        ("analytics.reset()", "lookalike"),
        ("window.analytics.reset()", "lookalike"),
        ("@segment/analytics-next#AnalyticsBrowser.load().reset()", "lookalike"),
        ("./analytics#analytics.reset()", "lookalike ?"),
    ]);
    check_on(
        REACT_NATIVE,
        &[("@segment/analytics-react-native#useAnalytics().reset()", "?"), ("./segment#analytics.reset()", "?")],
    );
}

#[test]
fn cleared_storage() {
    check(&[
        ("localStorage.clear()", "clear"),
        ("window.localStorage.clear()", "clear"),
        ("sessionStorage.clear()", "clear"),
        ("localStorage.removeItem('token')", "clear"),
        ("localStorage.removeItem('accessToken')", "clear"),
        ("localStorage.removeItem('auth_token')", "clear"),
        ("localStorage.removeItem('user')", "clear"),
        ("localStorage.removeItem(TOKEN_KEY)", ""),
        ("localStorage.removeItem(keys.ACCESS_TOKEN)", "clear"),
        ("localStorage.removeItem('theme')", ""),
        ("localStorage.setItem('token', '')", "clear"),
        ("localStorage.setItem('token', token)", ""),
        ("js-cookie#default.remove('token')", "clear"),
        ("js-cookie#default.remove('theme')", ""),
        ("js-cookie#default.remove('fs_uid')", "lookalike"),
        ("@tanstack/react-query#useQueryClient().clear()", "clear"),
        ("./query#queryClient.clear()", "clear"),
        ("@apollo/client#useApolloClient().clearStore()", "clear"),
        ("./apollo#client.resetStore()", "clear"),
        ("pocketbase#default{}.authStore.clear()", "clear"),
        ("./pb#pb.authStore.clear()", "clear"),
        ("~cache.clear()", ""),
        ("~map.delete('token')", ""),
    ]);
    check_on(
        REACT_NATIVE,
        &[
            ("@react-native-async-storage/async-storage#default.clear()", "clear"),
            ("@react-native-async-storage/async-storage#default.multiRemove(['token', 'user'])", "clear"),
            ("@react-native-async-storage/async-storage#default.removeItem('theme')", ""),
            ("expo-secure-store#deleteItemAsync('session')", "clear"),
            ("react-native-keychain#resetGenericPassword()", "clear"),
            ("react-native-mmkv#MMKV{}.clearAll()", "clear"),
        ],
    );
}

#[test]
fn cleared_state() {
    check_assigned(&[
        ("this.user = null", "clear"),
        ("user.value = null", "clear"),
        ("state.user = null", "clear"),
        ("state.token = ''", "clear"),
        ("this.isLoggedIn = false", "clear"),
        ("store.isAuthenticated = false", "clear"),
        ("auth.currentUser = undefined", "clear"),
        ("axios.defaults.headers.common.Authorization = undefined", "clear"),
        ("document.cookie = 'token=; Max-Age=0'", "clear"),
        ("document.cookie = 'session=; expires=Thu, 01 Jan 1970 00:00:00 GMT'", "clear"),
        ("document.cookie = 'fs_uid=; Max-Age=0'", "lookalike"),
        ("document.cookie = 'theme=dark'", ""),
        ("this.user = user", ""),
        ("this.loading = false", ""),
        ("this.userMenuOpen = false", ""),
        ("~user = null", ""),
    ]);
}

#[test]
fn requests() {
    check(&[
        ("fetch('/api/logout', { method: 'POST' })", "request"),
        ("axios#default.post('/logout')", "request"),
        ("axios#default.create().delete('/account')", "request"),
        ("./api#api.post('/logout')", "request"),
        ("@angular/common/http#HttpClient{}.post('/logout', {})", "request"),
        ("@apollo/client#useMutation()[]()", "request"),
        ("navigator.sendBeacon('/x')", "request"),
        ("~list.get('x')", ""),
    ]);
}

/// A flow is found by its sign-out alone, so the file must pass the prefilter.
#[test]
fn the_prefilter_lets_every_sign_out_through() {
    let vocabulary = Vocabulary::builtin();
    let words = vocabulary.prefilter_words();
    let mut stopped = Vec::new();
    for entry in vocabulary.table.call.iter().filter(|entry| entry.sign_out.is_some()) {
        let keys = entry.paths.iter().filter_map(|path| path.key()).chain(entry.tails.iter().map(|tail| tail.key()));
        for key in keys {
            let lower = key.to_ascii_lowercase();
            if !words.iter().any(|word| lower.contains(word))
                && !["delete", "default", "clear", "invalidate", "mutate", "revoke", "remove", "present"].contains(&key)
            {
                stopped.push(key.to_owned());
            }
        }
    }
    assert!(stopped.is_empty(), "{stopped:?}");
}

#[test]
fn clearing_and_resetting_never_throw() {
    for call in [
        "localStorage.clear()",
        "posthog-js#default.reset()",
        "console.log('x')",
        "next/navigation#useRouter().push('/')",
    ] {
        assert!(meaning(call).never_throws, "{call}");
    }
    for call in ["fetch('/logout')", "firebase/auth#signOut(auth)", "unknown()"] {
        assert!(!meaning(call).never_throws, "{call}");
    }
    assert!(matches!(meaning("firebase/auth#signOut(auth)").effects.as_slice(), [Effect::SignOut(_)]));
}

/// A file is not parsed for a call of a keyed word alone: without a login's key it must mean nothing of a flow.
#[test]
fn what_a_keyed_word_calls_means_nothing_without_the_key() {
    let calls = [
        "localStorage.removeItem(key)",
        "~storage.removeItem('drafts.order')",
        "@react-native-async-storage/async-storage#default.multiRemove(keys)",
        "expo-secure-store#deleteItemAsync('theme')",
        "@capacitor/preferences#Preferences.remove({ key: 'theme' })",
    ];
    let keyed = Vocabulary::builtin().keyed_words();
    for call in calls {
        let lower = call.to_ascii_lowercase();
        assert!(keyed.iter().any(|word| lower.contains(word)), "{call}");
    }
    check(&calls.map(|call| (call, "")));
    check(&[("localStorage.removeItem('accessToken')", "clear")]);
    for text in ["localStorage.removeItem('accessToken')", "removeItem(USER_KEY)", "removeItem('me')"] {
        assert!(Vocabulary::builtin().names_a_login(text), "{text}");
    }
    assert!(!Vocabulary::builtin().names_a_login("removeItem(THEME_KEY); summer(); usage()"));
}
