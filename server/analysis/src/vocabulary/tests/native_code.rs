//! Code of the native languages, read and lowered: each line with what it means behind `//=`.

use super::read::Read;
use crate::source::Language;
use crate::vocabulary::{ConditionMeaning, Runs};

#[test]
fn swift_steps() {
    Read::of(
        Language::Swift,
        r#"
import FullStory
class Session: UIViewController {
  private let auth = Auth.auth()
  private let keychain = KeychainSwift()
  func logout() {
    try? Auth.auth().signOut() //= sign-out(Firebase)
    try? auth.signOut() //= sign-out(Firebase)
    Amplify.Auth.signOut() //= sign-out(Amplify)
    Auth0.webAuth().useHTTPS().clearSession { _ in } //= sign-out(Auth0)
    GIDSignIn.sharedInstance.signOut() //= third-party(Google)
    LoginManager().logOut() //= third-party(Facebook)
    UserDefaults.standard.removeObject(forKey: "access_token") //= clear
    UserDefaults.standard.removeObject(forKey: Keys.authToken) //= clear
    UserDefaults.standard.removeObject(forKey: "theme")
    UserDefaults.standard.set(false, forKey: "isLoggedIn") //= clear
    UserDefaults.standard.set(true, forKey: "isLoggedIn")
    UserDefaults.standard.removePersistentDomain(forName: bundle) //= clear
    keychain.delete("token") //= clear
    keychainController.removeRestorationTokenForUsername(user) //= clear
    SecItemDelete(query as CFDictionary) //= clear
    HTTPCookieStorage.shared.removeCookies(since: .distantPast) //= clear
    currentUser = nil //= clear
    isLoggedIn = false //= clear
    authState = .signedOut //= clear
    self.route = .login //= clear
    authSubject.send(.signedOut) //= clear ?
    actions.send(.signOut) //= ?
    items.send(.opened)
    NotificationCenter.default.post(name: .userLoggedOut, object: nil) //= ?
    Mixpanel.mainInstance().reset() //= resets(Mixpanel)
    Analytics.shared().reset() //= ?
    Messaging.messaging().deleteToken { _ in }
    window?.rootViewController = UINavigationController(rootViewController: LoginViewController()) //= navigate
    navigationController?.popToRootViewController(animated: true) //= navigate
    navigationController?.popViewController(animated: true)
    performSegue(withIdentifier: "toLogin", sender: nil) //= navigate
    let nav = UINavigationController(rootViewController: LoginViewController())
    present(nav, animated: true) //= navigate
    let alert = UIAlertController(title: "Login expired", message: nil, preferredStyle: .alert)
    present(alert, animated: true)
    dismiss(animated: true)
    router.showLoginScreen() //= navigate
    router.showError()
    navigationPath.removeLast(navigationPath.count) //= navigate
    exit(0) //= leave
    URLSession.shared.dataTask(with: request) //= request
    api.logout() //= request
  }
}
"#,
    )
    .check_meanings();
}

#[test]
fn objective_c_steps() {
    Read::of(
        Language::ObjectiveC,
        r#"
#import <FullStory/FullStory.h>
@implementation Session
- (void)logout {
  [[FIRAuth auth] signOut:nil]; //= sign-out(Firebase)
  [[NSUserDefaults standardUserDefaults] removeObjectForKey:@"token"]; //= clear
  [[NSUserDefaults standardUserDefaults] setBool:NO forKey:@"isLoggedIn"]; //= clear
  [[NSUserDefaults standardUserDefaults] removeObjectForKey:@"theme"];
  [self.navigationController popToRootViewControllerAnimated:YES]; //= navigate
  [self presentViewController:[[LoginViewController alloc] init] animated:YES completion:nil]; //= navigate
  [self dismissViewControllerAnimated:YES completion:nil];
  self.window.rootViewController = [LoginViewController new]; //= navigate
  [[NSNotificationCenter defaultCenter] postNotificationName:@"UserLoggedOut" object:nil]; //= ?
  [FS event:@"Logged Out" properties:@{}]; //= track
  [FS identify:nil]; //= anonymize:syntax
  [FS identify:@"guest" userVars:@{}]; //= anonymize:syntax
  [FS identify:user.uid userVars:@{}]; //= identify
  [FS shutdown]; //= lookalike
  [FS anonymize]; //= anonymize
}
@end
"#,
    )
    .check_meanings();
}

#[test]
fn kotlin_steps() {
    Read::of(
        Language::Kotlin,
        r#"
package shop
import android.content.Intent
import com.fullstory.FS
import com.google.firebase.auth.FirebaseAuth
class Session(private val auth: FirebaseAuth, private val prefs: SharedPreferences, private val api: AuthApi) : ViewModel() {
  fun logout() {
    auth.signOut() //= sign-out(Firebase)
    FirebaseAuth.getInstance().signOut() //= sign-out(Firebase)
    Firebase.auth.signOut() //= sign-out(Firebase)
    WebAuthProvider.logout(account).start(context, callback) //= sign-out(Auth0)
    accountManager.removeAccountExplicitly(account) //= clear
    googleSignInClient.signOut() //= third-party(Google)
    prefs.edit().clear().apply() //= clear
    prefs.edit { clear() } //= clear
    prefs.edit { remove(KEY_TOKEN) } //= clear
    prefs.edit { remove(KEY_THEME) }
    prefs.edit().putBoolean("is_logged_in", false).apply() //= clear
    dataStore.edit { it.clear() } //= clear
    items.forEach { it.clear() }
    database.clearAllTables() //= clear
    CookieManager.getInstance().removeAllCookies(null) //= clear
    _user.value = null //= clear
    _items.value = null
    _state.update { it.copy(user = null, isLoggedIn = false) } //= clear
    _state.update { it.copy(query = null) }
    _authState.value = AuthState.Unauthenticated //= clear
    _events.emit(LogoutRequested) //= ?
    bus.post(LogoutEvent(true)) //= ?
    trackers.put("logout", 1)
    api.logout() //= request
    client.newCall(request).execute() //= request
    startActivity(Intent(this, LoginActivity::class.java)) //= navigate
    startActivity(Intent(Intent.ACTION_VIEW, uri))
    finish()
    finishAffinity() //= navigate
    navController.navigate("login") { popUpTo(0) } //= navigate
    findNavController().navigate(R.id.login) //= navigate
    navController.popBackStack()
    navController.popBackStack(R.id.login, false) //= navigate
    supportFragmentManager.beginTransaction().replace(R.id.content, LoginFragment()).commit() //= navigate
    dialog.dismiss()
    exitProcess(0) //= leave
    Process.killProcess(Process.myPid()) //= leave
    FS.identify(user?.id ?: "guest") //= identify:fallback
    FS.setIdentity(mapOf("anonymous" to true)) //= anonymize:syntax
    FS("setIdentity", mapOf("anonymous" to true)) //= anonymize:platform
    FullStory.anonymize() //= anonymize:platform
    FS.anonymize() //= anonymize
  }
}
"#,
    )
    .check_meanings();
}

#[test]
fn java_steps() {
    Read::of(
        Language::Java,
        r#"
package shop;
import android.content.Intent;
import com.fullstory.FS;
import com.google.firebase.auth.FirebaseAuth;
class Session extends AppCompatActivity {
  private FirebaseAuth auth = FirebaseAuth.getInstance();
  void logout() {
    auth.signOut(); //= sign-out(Firebase)
    LoginManager.getInstance().logOut(); //= third-party(Facebook)
    preferences.edit().remove("access_token").apply(); //= clear
    preferences.edit().remove("theme").apply();
    editor.clear(); //= clear
    this.currentUser = null; //= clear
    Intent intent = new Intent(this, LoginActivity.class);
    startActivity(intent); //= navigate
    Intent share = new Intent(Intent.ACTION_SEND);
    startActivity(share);
    finish();
    System.exit(0); //= leave
    FS.identify(user.getUid()); //= identify
    FS.identify(null); //= anonymize:syntax
    FS.anonymize(); //= anonymize
  }
}
"#,
    )
    .check_meanings();
}

#[test]
fn dart_steps() {
    Read::of(
        Language::Dart,
        r#"
import 'package:fullstory_flutter/fs.dart';
import 'package:http/http.dart' as http;
class Session extends State<Page> {
  final FirebaseAuth _auth = FirebaseAuth.instance;
  final _storage = const FlutterSecureStorage();
  Future<void> logout() async {
    await _auth.signOut(); //= sign-out(Firebase)
    await Supabase.instance.client.auth.signOut(); //= sign-out(Supabase)
    await GoogleSignIn().signOut(); //= third-party(Google)
    await _storage.deleteAll(); //= clear
    await _storage.delete(key: 'token'); //= clear
    await _storage.delete(key: 'theme');
    final prefs = await SharedPreferences.getInstance();
    await prefs.clear(); //= clear
    await prefs.remove('token'); //= clear
    await prefs.setBool('isLoggedIn', false); //= clear
    await http.post(Uri.parse('/revoke')); //= request
    emit(Unauthenticated()); //= clear
    emit(state.copyWith(user: null)); //= clear
    _user = null; //= clear
    setState(() { isLoggedIn = false; }); //= clear
    context.read<AuthBloc>().add(LogoutRequested()); //= ?
    items.add(item);
    Navigator.of(context).pushNamedAndRemoveUntil('/login', (route) => false); //= navigate
    Navigator.pushReplacement(context, MaterialPageRoute(builder: (_) => const LoginPage())); //= navigate
    Navigator.pop(context);
    context.go('/login'); //= navigate
    context.pop();
    Get.offAll(() => LoginPage()); //= navigate
    context.router.replaceAll([const LoginRoute()]); //= navigate
    Phoenix.rebirth(context); //= navigate
    exit(0); //= leave
    FS.identify(user?.id ?? 'anonymous'); //= identify:fallback
    FS.event('Logged Out', {}); //= track
    FS.anonymize(); //= anonymize
  }
}
"#,
    )
    .check_meanings();
}

fn conditions(language: Language, text: &'static str) -> Vec<(String, ConditionMeaning)> {
    Read::of(language, text).conditions()
}

#[test]
fn nobody_is_signed_in() {
    let nobody = |language, text, wanted: &[&str]| {
        let found = conditions(language, text);
        let nobody = found.iter().filter(|(_, meaning)| *meaning == ConditionMeaning::NobodySignedIn);
        assert_eq!(nobody.map(|(text, _)| text.as_str()).collect::<Vec<_>>(), wanted, "{found:?}");
    };
    nobody(
        Language::Swift,
        r#"
func check() {
  if user == nil { a() }
  if Auth.auth().currentUser == nil { a() }
  switch state { case .signedOut: a() case .signedIn: b() default: c() }
  if case .loggedOut = state { a() }
  if notification.userInfo == nil { a() }
  if items == nil { a() }
}
"#,
        &["user==nil", "Auth.auth().currentUser==nil", "state==.signedOut", "state==.loggedOut"],
    );
    nobody(
        Language::Kotlin,
        r#"
fun check(state: State) {
  if (FirebaseAuth.getInstance().currentUser == null) a()
  if (state is AuthState.Unauthenticated) a()
  when (state) { is SignedOut -> a(); AuthState.LoggedOut -> b() }
}
"#,
        &[
            "FirebaseAuth.getInstance().currentUser==null",
            "state==AuthState.Unauthenticated",
            "state==SignedOut",
            "state==AuthState.LoggedOut",
        ],
    );
    nobody(
        Language::Dart,
        r#"
void check(AuthState state) {
  if (state is AuthUnauthenticated) a();
  if (state.status == AuthStatus.unauthenticated) a();
  if (user == null) a();
}
"#,
        &["stateisAuthUnauthenticated", "state.status==AuthStatus.unauthenticated", "user==null"],
    );
}

#[test]
fn what_went_wrong() {
    let found = conditions(
        Language::Swift,
        "func check() { if error != nil { a() }\n switch result { case .failure: a() case .success: b() } }",
    );
    let failed = found.iter().filter(|(_, meaning)| *meaning == ConditionMeaning::Failed).count();
    let succeeded = found.iter().filter(|(_, meaning)| *meaning == ConditionMeaning::Succeeded).count();
    assert_eq!((failed, succeeded), (1, 2), "{found:?}");
}

fn check_callbacks(language: Language, text: &'static str, wanted: &[(&str, Runs)]) {
    let found = Read::of(language, text).callbacks();
    let wrong: Vec<String> = wanted
        .iter()
        .filter(|(callee, runs)| !found.iter().any(|(handed, when)| handed == callee && when == runs))
        .map(|(callee, runs)| {
            let is = found.iter().filter(|(handed, _)| handed == callee).map(|(_, when)| *when).collect::<Vec<_>>();
            format!("{callee}: wanted {runs:?}, found {is:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n{found:?}", wrong.join("\n"));
}

#[test]
fn callbacks_of_swift() {
    check_callbacks(
        Language::Swift,
        r#"
func f() {
  DispatchQueue.main.async { a() }
  Task { a() }
  MainActor.run { a() }
  UIView.animate(withDuration: 1, animations: { a() }, completion: { _ in b() })
  Timer.scheduledTimer(withTimeInterval: 1, repeats: true) { _ in a() }
  items.forEach { a($0) }
  Auth.auth().addStateDidChangeListener { _, user in a() }
  view.onChange(of: session.user) { user in a() }
  text.onChange(of: query) { _ in a() }
  view.onAppear { a() }
  view.task { a() }
  Button("Log out") { a() }
  UIAlertAction(title: "Log out", style: .destructive) { _ in a() }
  client.send(request, completion: { _ in a() })
  row.configure(onLogoutTap: { a() })
  NSSetUncaughtExceptionHandler { _ in a() }
  session.$user.sink { _ in a() }
  dismiss(animated: true) { a() }
}
"#,
        &[
            ("DispatchQueue.main.async", Runs::Later),
            ("Task", Runs::Later),
            ("MainActor.run", Runs::Now),
            ("UIView.animate animations:", Runs::Now),
            ("UIView.animate completion:", Runs::Later),
            ("Timer.scheduledTimer", Runs::Repeatedly),
            ("items.forEach", Runs::Each),
            ("Auth.auth.addStateDidChangeListener", Runs::OnAuthChange),
            ("view.onChange", Runs::OnAuthChange),
            ("text.onChange", Runs::OnEvent),
            ("view.onAppear", Runs::OnMount),
            ("view.task", Runs::OnMount),
            ("Button", Runs::OnEvent),
            ("UIAlertAction", Runs::OnEvent),
            ("client.send completion:", Runs::Later),
            ("row.configure onLogoutTap:", Runs::OnEvent),
            ("NSSetUncaughtExceptionHandler", Runs::OnError),
            ("dismiss", Runs::Later),
        ],
    );
}

#[test]
fn callbacks_of_android() {
    check_callbacks(
        Language::Kotlin,
        r#"
fun f(user: User?) {
  viewModelScope.launch { a() }
  withContext(Dispatchers.IO) { a() }
  handler.postDelayed({ a() }, 100)
  timer.schedule(100L, 100L) { a() }
  auth.addAuthStateListener { a() }
  LaunchedEffect(user) { a() }
  LaunchedEffect(Unit) { a() }
  viewModel.user.observe(owner) { a() }
  viewModel.items.observe(owner) { a() }
  button.setOnClickListener { a() }
  Button(onClick = { a() }) { }
  TextField(value = x, onValueChange = { a() })
  task.addOnFailureListener { a() }
  task.addOnSuccessListener { a() }
  CoroutineExceptionHandler { _, _ -> a() }
  call.enqueue(object : Callback { override fun onFailure(t: Throwable) { a() } override fun onResponse(r: R) { a() } })
}
"#,
        &[
            ("viewModelScope.launch", Runs::Later),
            ("withContext", Runs::Now),
            ("handler.postDelayed", Runs::Later),
            ("timer.schedule", Runs::Repeatedly),
            ("auth.addAuthStateListener", Runs::OnAuthChange),
            ("LaunchedEffect", Runs::OnAuthChange),
            ("LaunchedEffect", Runs::OnMount),
            ("viewModel.user.observe", Runs::OnAuthChange),
            ("viewModel.items.observe", Runs::OnEvent),
            ("button.setOnClickListener", Runs::OnEvent),
            ("Button onClick:", Runs::OnEvent),
            ("TextField onValueChange:", Runs::Repeatedly),
            ("task.addOnFailureListener", Runs::OnError),
            ("task.addOnSuccessListener", Runs::Later),
            ("CoroutineExceptionHandler", Runs::OnError),
            ("call.enqueue onFailure:", Runs::OnError),
            ("call.enqueue onResponse:", Runs::Later),
        ],
    );
}

#[test]
fn callbacks_of_flutter() {
    check_callbacks(
        Language::Dart,
        r#"
void f() {
  Timer.periodic(second, (_) => a());
  Timer(second, () => a());
  Future.delayed(second, () => a());
  setState(() { a(); });
  FirebaseAuth.instance.authStateChanges().listen((user) { a(); });
  items.stream.listen((item) { a(); });
  ref.listen(authProvider, (before, now) { a(); });
  ref.listen(themeProvider, (before, now) { a(); });
  WidgetsBinding.instance.addPostFrameCallback((_) => a());
  runZonedGuarded(() => a(), (error, stack) => b());
  BlocListener<AuthBloc, AuthState>(listener: (context, state) { a(); }, child: child);
  ListTile(title: title, onTap: () => a());
  TextField(onChanged: (text) => a());
  Checkbox(onChanged: (on) => a());
}
"#,
        &[
            ("Timer.periodic", Runs::Repeatedly),
            ("Timer", Runs::Later),
            ("Future.delayed", Runs::Later),
            ("setState", Runs::Now),
            ("FirebaseAuth.instance.authStateChanges.listen", Runs::OnAuthChange),
            ("items.stream.listen", Runs::OnEvent),
            ("ref.listen", Runs::OnAuthChange),
            ("ref.listen", Runs::OnEvent),
            ("WidgetsBinding.instance.addPostFrameCallback", Runs::Later),
            ("runZonedGuarded", Runs::Now),
            ("runZonedGuarded", Runs::OnError),
            ("BlocListener listener:", Runs::OnAuthChange),
            ("ListTile onTap:", Runs::OnEvent),
            ("TextField onChanged:", Runs::Repeatedly),
            ("Checkbox onChanged:", Runs::OnEvent),
        ],
    );
}
