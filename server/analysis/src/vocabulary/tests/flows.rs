//! Names, labels and classes of ways out, and what only looks like one.

use crate::vocabulary::{FlowKind, Vocabulary};

/// Identifiers that name a way out, from real code, with their kinds.
const NAMES: &[(FlowKind, &str)] = &[
    (
        FlowKind::UserInitiated,
        "logout logOut LogOut LOGOUT LOG_OUT log_out signOut signout SignOut sign_out SIGN_OUT logOff log_off
         handleLogout handleLogOut handleSignOut handleSignout onLogout onSignOut onLogoutPress
         onSignOutPress onLogoutClick onClickLogout onLogoutClicked handleLogoutClick handleLogoutPress
         onLogoutButtonPress onLogoutButtonClick onPressLogoutButton handleLogoutEvent onLogoutTapped
         performLogout doLogout useLogout useSignOut requestLogout onLogoutRequested LogoutRequested
         executeLogout userLogout logoutUser logoutUserNow logoutAsync signOutAsync signOutUser logoutAll
         logoutAllDevices logoutEverywhere signOutEverywhere logoutFromApp logoutWithRedirect
         logoutAndRedirect logoutAndClearSession closeTermsAndLogout signOutWithAudit logoutIfAccessDenied
         useLogoutIfAccessDenied logoutIfServerChanged logoutServer logOutCurrentUser logoutAccount
         attemptLogout confirmLogout confirmLogoutClicked runLogoutFlow softLogout logoutStaff logoutHandler
         logoutUseCase logoutThunk logoutSaga logoutAction didSignout didUserLogout endSession
         terminateSession closeSession invalidateSession handleEndSession onSessionEnded endUserSession
         _logout $logout logout$ loggingOut signMeOut logoutFromAuth0 firebaseSignOut handleFirebaseLogout",
    ),
    (
        FlowKind::SessionTimeout,
        "handleSessionTimeout onSessionTimeout sessionTimedOut onSessionTimedOut handleIdleTimeout
         idleTimeout onIdle handleInactivity handleUserInactivity expireSession autoLogout handleAutoLogout
         logoutDueToInactivity logoutOnTimeout idleLogout logoutAfterTimeout onInactivityTimeout",
    ),
    (
        FlowKind::TokenExpiry,
        "handleSessionExpired onSessionExpired sessionExpired tokenExpired onTokenExpired handleTokenExpiry
         handleTokenExpiration handleExpiredToken handleUnauthorized onUnauthorized handleUnauthenticated
         _handleUnauthenticated handle401 handleUnauthorizedError logoutIfTokenExpired logoutOn401
         handleInvalidToken",
    ),
    (
        FlowKind::Forced,
        "forceLogout forceLogoutIfNecessary forceSignOut handleForcedLogout onForceLogout kickOut
         onAccountSuspended",
    ),
    (
        FlowKind::AccountDeletion,
        "deleteAccount handleDeleteAccount onDeleteAccount deleteMyAccount deleteUserAccount
         deactivateAccount closeAccount onCloseAccount confirmDeleteAccount handleAccountDeletion
         deleteAccountPermanently onDeleteAccountPress deleteAccountAndLogout",
    ),
    (
        FlowKind::Switch,
        "switchAccount switchUser switchProfile handleSwitchAccount onSwitchAccount changeAccount
         handleChangeAccount changeUser selectAccount selectProfile switchToAccount switchUserAccount
         startImpersonation stopImpersonation clearImpersonation impersonateUser impersonate
         onImpersonateUser impersonateAccount removeImpersonateUser setActiveAccount loginAsUser",
    ),
    (
        FlowKind::ContextSwitch,
        "switchOrganization changeWorkspace switchWorkspace switchTenant selectServer handleSelectServer
         switchTeam changeServer selectCompany",
    ),
];

/// Identifiers that are no way out.
const NO_NAMES: &str =
    "logOutboundMessage logOfflinePersistenceError runLogOutput phoneLogOutlineIcon signOff signOffName
     signOffPack awaitingSignoff login handleLogin logoutUrl logoutURL getLogoutUrl buildLogoutUrl
     logoutIcon LogOutIcon IconLogOut mdiLogout ic_logout logoutLabel logoutText logoutTitle
     logoutMessage LogoutButton logoutButton LogoutModal LogoutDialog showLogoutDialog openLogoutModal
     closeLogoutModal toggleLogoutModal _showLogoutDialog renderLogout renderLogoutButton logoutSelector
     selectLogoutState logoutReducer isLogout isLoggedOut loggedOut hasLoggedOut canLogout
     shouldLogoutModalOpen getLogout trackUserLogout trackLogout trackLogoutInAmplitude logSignOut
     logSignOutAction logUserActivity logoutAnalytics logoutEvent logoutEventName signOutAllSessions
     handleSignOutAllSessions signOutAllOtherSessions logoutOtherLocations logoutOtherDevices
     logout_session deleteUser deleteAccounts removeAccount closeAccountMenu changeProfilePhoto
     selectAccountType switchAccountModal DeleteAccountModal SwitchAccountModal isSessionExpired
     checkSessionExpired isTokenExpired checkTokenExpiry startIdleTimer resetIdleTimer setSessionTimeout
     clearSessionTimeout scheduleLogout cancelLogout setUnauthorizedHandler resetOnSignOut onLogoutError
     onLogoutSuccess onLogoutComplete onLogoutFailed session startSession createSession endCall closeMenu
     close out log sign logs logouts googleSignOut facebookLogout walletLogout userLogoutCount
     useLogoutState logoutRoute logoutPath logoutConfig logoutOptions SoftLogoutScreenViewModel
     SidebarSwitchWorkspaceButton unauthenticated signedOut changeUserRole switchUserRole
     userSwitchedTheme";

#[test]
fn identifiers_that_name_a_way_out() {
    let vocabulary = Vocabulary::builtin();
    let mut wrong = Vec::new();
    for (kind, names) in NAMES {
        for name in names.split_whitespace() {
            let found = vocabulary.flow_name(name).map(|found| found.kind);
            if found != Some(*kind) {
                wrong.push(format!("{name}: wanted {kind:?}, found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn identifiers_that_are_none() {
    let vocabulary = Vocabulary::builtin();
    let wrong: Vec<_> =
        NO_NAMES.split_whitespace().filter_map(|name| Some((name, vocabulary.flow_name(name)?.kind))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn labels() {
    let vocabulary = Vocabulary::builtin();
    for (label, kind) in [
        ("Log out", FlowKind::UserInitiated),
        ("Log Out", FlowKind::UserInitiated),
        ("LOGOUT", FlowKind::UserInitiated),
        ("Sign Out", FlowKind::UserInitiated),
        ("Yes, log out", FlowKind::UserInitiated),
        ("Log out of all devices", FlowKind::UserInitiated),
        ("Sign out everywhere", FlowKind::UserInitiated),
        ("Log out now", FlowKind::UserInitiated),
        ("Delete my account", FlowKind::AccountDeletion),
        ("Delete account permanently", FlowKind::AccountDeletion),
        ("Deactivate account", FlowKind::AccountDeletion),
        ("Switch user", FlowKind::Switch),
        ("Switch account", FlowKind::Switch),
        ("Switch workspace", FlowKind::ContextSwitch),
        ("End session", FlowKind::UserInitiated),
    ] {
        assert_eq!(vocabulary.flow_label(label).map(|found| found.kind), Some(kind), "{label}");
    }
    for label in [
        "Log in",
        "Sign in",
        "Cancel",
        "Don't log out",
        "Stay signed in",
        "Logout history",
        "Log out other devices",
        "Sign off",
        "Save",
        "",
        "Are you sure you want to log out of your account and lose all of your unsaved work?",
        "You have been logged out",
        "Delete",
        "Account",
    ] {
        assert_eq!(vocabulary.flow_label(label), None, "{label}");
    }
}

#[test]
fn classes_with_one_job() {
    let vocabulary = Vocabulary::builtin();
    for (class, member) in [
        ("LogoutUseCase", "execute"),
        ("LogoutUseCase", "invoke"),
        ("SignOutCommand", "run"),
        ("LogoutGuard", "canActivate"),
        ("Logout", "componentDidMount"),
        ("LogoutPage", "componentDidMount"),
        ("LogoutComponent", "ngOnInit"),
        ("LogoutRoute", "beforeModel"),
        ("DeleteAccountUseCase", "execute"),
    ] {
        assert!(vocabulary.flow_class(class, member).is_some(), "{class}.{member}");
    }
    for (class, member) in [
        ("LogoutUseCase", "toString"),
        ("AuthService", "execute"),
        ("LogoutButton", "componentDidMount"),
        ("LogoutModal", "ngOnInit"),
        ("LoginUseCase", "execute"),
        ("LogoutUrlBuilder", "run"),
    ] {
        assert_eq!(vocabulary.flow_class(class, member), None, "{class}.{member}");
    }
}

#[test]
fn pages_and_scenes() {
    let vocabulary = Vocabulary::builtin();
    for name in [
        "Logout",
        "SignOut",
        "LogoutPage",
        "SignOutScreen",
        "LogoutScene",
        "LogoutView",
        "LogoutComponent",
        "ClientLogout",
        "SwitchAccountPage",
    ] {
        assert!(vocabulary.flow_page(name).is_some(), "{name}");
    }
    for name in ["LogoutButton", "Login", "LoginPage", "AccountPage", "LogoutModal", "UserMenu", "Page"] {
        assert_eq!(vocabulary.flow_page(name), None, "{name}");
    }
}

#[test]
fn reasons() {
    let vocabulary = Vocabulary::builtin();
    assert_eq!(vocabulary.kind_words("session_expired"), Some(FlowKind::TokenExpiry));
    assert_eq!(vocabulary.kind_words("inactivity"), Some(FlowKind::SessionTimeout));
    assert_eq!(vocabulary.kind_words("forceLogout"), Some(FlowKind::Forced));
    assert_eq!(vocabulary.kind_words("Logged out due to time-out"), Some(FlowKind::SessionTimeout));
    assert_eq!(vocabulary.kind_words("bye"), None);
}

/// A file is read only if a word of the prefilter is in it.
#[test]
fn the_prefilter_lets_every_way_out_through() {
    let vocabulary = Vocabulary::builtin();
    let words = vocabulary.prefilter_words();
    let passes = |text: &str| {
        let lower = text.to_ascii_lowercase();
        words.iter().any(|word| lower.contains(word))
    };
    let mut stopped: Vec<String> = Vec::new();
    for (kind, names) in NAMES {
        if *kind == FlowKind::ContextSwitch {
            continue;
        }
        stopped.extend(names.split_whitespace().filter(|name| !passes(name)).map(str::to_owned));
    }
    assert!(stopped.is_empty(), "{} {stopped:?}", stopped.len());
    assert!(words.iter().all(|word| *word == word.to_ascii_lowercase()));
    for text in [
        "export const add = (a, b) => a + b;",
        "import { readFileSync } from 'fs'; fs.readFileSync(x)",
        "refs.current.focus()",
    ] {
        assert!(!passes(text), "{text}");
    }
}
