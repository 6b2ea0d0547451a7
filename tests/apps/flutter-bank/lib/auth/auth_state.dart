enum AuthPhase { unknown, signedIn, signedOut }

class AuthState {
  const AuthState.unknown() : this._(AuthPhase.unknown, null);
  const AuthState.signedIn(String uid) : this._(AuthPhase.signedIn, uid);
  const AuthState.signedOut() : this._(AuthPhase.signedOut, null);
  const AuthState._(this.phase, this.uid);

  final AuthPhase phase;
  final String? uid;
}
