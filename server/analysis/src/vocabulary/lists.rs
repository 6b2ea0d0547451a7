//! Lists of names and words. Owns which lists there are; what stands in them is in the tables.

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// A set of names or words.
pub(super) type Names = FxHashSet<Box<str>>;

macro_rules! name_lists {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Lists of names and words. Words are in lower case.
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
        pub(super) struct NameLists {
            $($(#[$doc])* pub(super) $name: Names,)*
        }

        impl NameLists {
            /// Adds another table's names.
            pub(super) fn extend(&mut self, other: NameLists) {
                $(self.$name.extend(other.$name);)*
            }

            /// A list by its name in a table, for tests of arguments.
            pub(super) fn list(&self, name: &str) -> Option<&Names> {
                match name.replace('-', "_").as_str() {
                    $(stringify!($name) => Some(&self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

name_lists! {
    /// Objects whose members are global names: `window`.
    global_objects,
    /// Members and variables that hold the window: `nativeWindow`.
    window_names,
    /// Modules whose default or `window` export is the window: mocks and polyfills.
    window_modules,
    /// Second parts of a module that is named by the project's own package: `my-app/services/auth`.
    project_folders,
    /// How a module of the project itself starts: `./`, `@/`.
    project_modules,
    /// Directive prologues of server code.
    server_directives,
    /// Uids that are no user: `anonymous`.
    fake_users,
    /// Labels of the argument of `identify` that is the uid.
    uid_labels,
    /// Keys of `setIdentity` that anonymize when they are spelt right.
    misspelt_anonymous,
    /// Keys of `setIdentity` that exist.
    identity_options,
    /// Words of a logout, an end of a session and the like that stand before the phrase and keep its sense.
    before,
    /// Words that stand behind the phrase and keep its sense.
    after,
    /// Words behind which anything may follow, or before which anything may stand: `and`, `from`.
    joints,
    /// Words that make it something else wherever they stand.
    never,
    /// Things that are pressed, which may follow where it is said that they are pressed.
    pressed_things,
    /// Words of pressing.
    press_words,
    /// Things that are handled, which may follow where the name starts with a word of handling.
    handled_things,
    /// Words of handling.
    handle_words,
    /// Words that stand before the phrase in a text on a button.
    label_before,
    /// Words that stand behind the phrase in a text on a button.
    label_after,
    /// Words of such a text behind which the name of what is left stands.
    label_joints,
    /// Last words of parameters that tell which one of many is meant.
    things,
    /// What starts the name of what lets somebody in.
    arrivals,
    /// Last words of the name of a screen's class.
    screen_suffixes,
    /// Words before that start.
    arrival_starts,
    /// Words that make such a name another one.
    arrival_refusals,
    /// Words of storage keys that hold something else than a login.
    other_keys,
    /// Last words of a class's name whose one job the phrase is.
    class_suffixes,
    /// Members of such a class that do the job.
    class_members,
    /// Last words of a screen's or page's name.
    page_suffixes,
    /// Words of what holds nothing but a login: `keychain`.
    auth_stores,
    /// Methods of native languages that put a value into a holder, and are those of a list or a bus too.
    native_holders,
    /// Members of what a system's notification carries, which is nobody: `userInfo`.
    notification_members,
    /// Words of what is presented and is no screen: `alert`.
    alerts,
    /// Words of a path of screens.
    navigation_paths,
    /// Words of a request that ends a session.
    session_ends,
    /// Words of what ticks.
    timers,
    /// Words of an intent that another app answers.
    intent_actions,
    /// Words of an intent that names a screen of this app.
    intent_classes,
    /// Words of the case of a route or screen for nobody.
    signed_out_screens,
    /// Words that say how far a request has come.
    request_stages,
    /// Calls inside whose closure a member is one of what they edit.
    editor_scopes,
    /// Calls of a native language that hand a message on, by their last name.
    message_senders,
    /// Parents of a class whose start is no screen's.
    screenless_parents,
    /// Last words of a native file's name that is one screen.
    native_screens,
    /// Folders in which each file is a screen or page.
    screen_folders,
    /// Words beside a logout in the name of a flag that asks for it: `shouldLogout`.
    wish_words,
    /// Words of a parameter that tells which device is meant.
    devices,
    /// Words in the name of a class, or of what it is, whose sessions are a social network's.
    social_words,
    /// Calls that register a handler for a message, by their last name.
    registrars,
    /// Calls that send a message, by their last name.
    emitters,
    /// Calls that make a store of an object, by their last name.
    store_makers,
    /// The properties of a store's object whose functions are called by name.
    store_actions,
    /// Calls whose functions only compute the next state, by their last name.
    reducer_makers,
    /// Names of files that are the frame around every screen, wherever they stand.
    frames,
    /// Calls that stop a timer, by their last name.
    timer_stoppers,
    /// Verbs that clear.
    clear_verbs,
    /// Verbs that clear even where the receiver alone says what.
    receiver_clear_verbs,
    /// What is cleared on a logout.
    auth_subjects,
    /// Words that may stand beside what is cleared.
    auth_modifiers,
    /// Last words of a receiver that holds auth state: `tokenService`.
    receiver_suffixes,
    /// What is set to nothing on a logout: `setUser(null)`.
    state_subjects,
    /// Words that may stand beside it.
    state_modifiers,
    /// Verbs of state setters.
    setter_verbs,
    /// Verbs that may release an identity of an unknown object.
    release_verbs,
    /// What holds an identity.
    release_subjects,
    /// Words that mean a release by themselves.
    release_words,
    /// Last names of the stores' dispatching methods.
    dispatchers,
    /// Last names of the stores' committing methods, which run no code of the project but mutations.
    committers,
    /// Words of a storage key that holds a login.
    auth_keys,
    /// Names of a login or landing screen, as words.
    login_words,
    /// Verbs of a native helper that brings a screen up: `showLogin`.
    navigation_verbs,
    /// Words for a screen for nobody behind such a verb.
    navigation_targets,
    /// Words that may stand beside it.
    navigation_modifiers,
    /// Two words that make it a screen for somebody: `signed in`.
    navigation_refusals,
    /// How a module of a native platform or language itself starts: `java.`.
    platform_modules,
    /// Paths that are a landing screen by themselves: `/`.
    landing_paths,
    /// Subjects of the question whether somebody is signed in.
    user_subjects,
    /// Last names of what is truthy where the step before failed.
    failure_subjects,
    /// Last names of what is truthy where the step before went well.
    success_subjects,
    /// Words that may stand beside such a subject.
    user_modifiers,
    /// Subjects that hold when nobody is signed in: `isGuest`.
    nobody_subjects,
    /// Values that say that nobody is signed in: `unauthenticated`.
    nobody_values,
    /// Cases and classes of a native language's state in which nobody is signed in: `signedOut`.
    nobody_cases,
    /// The same for somebody.
    somebody_cases,
    /// Subjects of a state that may be something else's as well: `session`.
    vague_subjects,
    /// Words beside those of `vague_subjects` that do not say whose a session is.
    session_modifiers,
    /// Words that say of a session that it is a user's.
    session_owners,
    /// Methods that stop a session of any sort.
    session_stoppers,
    /// Values that say that somebody is signed in.
    somebody_values,
    /// Flags that say that the SDK is ready, in a file that speaks of it.
    ready_names,
    /// Words of a flag about the SDK.
    sdk_words,
    /// Build switches that hold where the SDK is missing: `__DEV__`.
    development_switches,
    /// Build switches that hold where the SDK is there.
    production_switches,
    /// Values of an environment in which the SDK is missing: `development`.
    development_values,
    /// Members that only hold a value: `value`, `current`.
    box_members,
    /// Objects of a store's action creators: `slice.actions`.
    action_objects,
    /// Verbs that manage people where what they act on is one.
    managing_verbs,
    /// Words for people and accounts that are managed: `deleteUser`.
    managed_people,
    /// Words that make an unknown callee no release: `showLogoutDialog`.
    inert_words,
    /// Verbs of writing down what happens: `auditLogout`.
    report_verbs,
    /// Last words of an object that only holds what it is given: `tokenStorage`.
    inert_stores,
    /// Objects of build and environment switches: `process.env`.
    environment_objects,
    /// Texts that a file holds that speaks of the SDK.
    sdk_marks,
    /// Names of an auth event that is asked about.
    event_subjects,
    /// Events that say that nobody is signed in.
    nobody_events,
    /// Methods that put a value into a holder: `user$.next(null)`.
    holder_setters,
    /// Functions that change several parts of a state: `setState({ user: null })`.
    state_patchers,
    /// Names between a holder and its method: `useStore.getState().clear()`.
    pass_through,
    /// Verbs of setters that only set a state and never throw.
    plain_setters,
    /// Words of tools that follow users.
    tracking_words,
    /// Last names of what identifies a user: `user.id`.
    id_names,
    /// Names that hold whoever is signed in: `currentUser`, `auth.user`.
    current_users,
    /// Words one of which is in every file that holds a flow, in lower case.
    prefilter,
    /// Words of calls that clear a login where they are given its key, in lower case.
    keyed,
    /// Words that are codes of errors too, in lower case.
    error_codes,
    /// Last words of the types that hold such codes.
    error_types,
    /// Words one of which is in every file that identifies or anonymizes, in lower case.
    identity,
}
