//! What leaves the page or screen, and what only looks so.

use super::{REACT_NATIVE, check, check_assigned, check_on};
use crate::vocabulary::{Reach, Vocabulary};

#[test]
fn the_browser() {
    check(&[
        ("window.location.assign('/login')", "leave"),
        ("location.replace('/login')", "leave"),
        ("window.location.reload()", "leave"),
        ("document.location.replace('/x')", "leave"),
        ("top.location.replace('/x')", "leave"),
        ("window.open('/login', '_self')", "leave"),
        ("window.open('/help')", ""),
        ("window.open('/help', '_blank')", ""),
        ("~form.submit()", "leave"),
        ("this.loginForm.submit()", "leave"),
        ("document.getElementById('f').submit()", "leave"),
        ("location.replace('#top')", ""),
        ("history.back()", ""),
        ("history.replaceState(a, b, '/login')", ""),
        ("window.close()", ""),
        ("items.replace('a', 'b')", ""),
    ]);
    check_assigned(&[
        ("window.location.href = '/login'", "leave"),
        ("location = '/login'", "leave"),
        ("window.location = url", "leave"),
        ("globalThis.location.href = url", "leave"),
        ("document.location.href = '/logout'", "leave"),
        ("top.location.href = url", "leave"),
        ("window.location.pathname = '/login'", "leave"),
        ("location.search = ''", "leave"),
        ("this.window.location.href = url", "leave"),
        ("this.document.location.href = url", "leave"),
        ("ember-window-mock#default.location.href = url", "leave"),
        ("window.location.hash = '#/login'", ""),
        ("location.href = '#/login'", ""),
        ("link.href = '/login'", ""),
        ("this.location = place", ""),
    ]);
}

#[test]
fn routers() {
    check(&[
        ("react-router-dom#useNavigate()('/login')", "navigate"),
        ("react-router#useNavigate()(ROUTES.LOGIN)", "navigate"),
        ("react-router-dom#useNavigate()(-1)", ""),
        ("react-router-dom#useHistory().push('/login')", "navigate"),
        ("~history.push('/')", "navigate"),
        ("./history#default.push('/')", "navigate"),
        ("react-router-dom#redirect('/login')", "navigate"),
        ("connected-react-router#push('/login')", "navigate"),
        ("next/navigation#useRouter().push('/login')", "navigate"),
        ("next/router#useRouter().replace('/login')", "navigate"),
        ("next/router#default.push('/login')", "navigate"),
        ("next/navigation#redirect('/')", "navigate"),
        ("next/navigation#useRouter().refresh()", ""),
        ("vue-router#useRouter().push('/login')", "navigate"),
        ("useRouter().push('/login')", "navigate"),
        ("this.$router.push('/login')", "navigate"),
        ("this.$router.replace({ name: 'login' })", "navigate"),
        ("./router#default.push('/login')", "navigate"),
        ("@/router#router.push('/login')", "navigate"),
        ("@angular/router#Router{}.navigate(['/login'])", "navigate"),
        ("@angular/router#Router{}.navigateByUrl('/login')", "navigate"),
        ("this.router.navigate(['/login'])", "navigate"),
        ("~navCtrl.setRoot(RootComponent)", "navigate"),
        ("this.nav.setRoot(RootComponent)", "navigate"),
        ("$app/navigation#goto('/login')", "navigate"),
        ("#imports#navigateTo('/login')", "navigate"),
        ("navigateTo('/login')", "navigate"),
        ("navigateTo('https://x.y', { external: true })", "leave"),
        ("@remix-run/react#useNavigate()('/login')", "navigate"),
        ("@tanstack/react-router#useNavigate()({ to: '/login' })", "navigate"),
        ("@inertiajs/react#router.visit('/login')", "navigate"),
        ("this.router.transitionTo('login')", "navigate"),
        ("~navigate('/login')", "navigate"),
        ("./navigation#navigate('Login')", "navigate"),
        ("~navigate(ROUTES.LOGIN)", "navigate"),
        ("~navigate(-1)", ""),
        ("~router.push('#top')", ""),
        ("~router.back()", ""),
        // Another package's object of that name is no router.
        ("some-package#router.push('/login')", ""),
        ("~items.push('/login')", ""),
        ("~editor.navigate('/x')", ""),
    ]);
}

#[test]
fn react_native() {
    check_on(
        REACT_NATIVE,
        &[
            ("@react-navigation/native#useNavigation().reset({ index: 0 })", "navigate"),
            ("~navigation.navigate('Login')", "navigate"),
            ("~navigation.replace('Login')", "navigate"),
            ("~navigation.popToTop()", "navigate"),
            ("this.props.navigation.navigate('Login')", "navigate"),
            ("~navigation.dispatch(action)", "navigate"),
            ("@react-navigation/native#CommonActions.reset({ index: 0 })", ""),
            ("./RootNavigation#navigationRef.reset(x)", "navigate"),
            ("./NavigationService#default.navigate('Login')", "navigate"),
            ("./nav#NavigationService.navigate('Login')", "navigate"),
            ("expo-router#router.replace('/login')", "navigate"),
            ("expo-router#useRouter().replace('/login')", "navigate"),
            ("react-native-restart#default.restart()", "leave"),
            ("react-native#DevSettings.reload()", "leave"),
            ("react-native#BackHandler.exitApp()", "leave"),
            ("~navigation.goBack()", ""),
            ("~navigation.setOptions(o)", ""),
            ("react-native#Linking.openURL('https://x')", ""),
        ],
    );
}

#[test]
fn elements() {
    let vocabulary = Vocabulary::builtin();
    assert_eq!(vocabulary.element("Navigate"), Some(Reach::InApp));
    assert_eq!(vocabulary.element("Redirect"), Some(Reach::InApp));
    assert_eq!(vocabulary.element("Link"), None);
}
