import 'package:bloc/bloc.dart';
import 'package:firebase_auth/firebase_auth.dart';
import 'package:fullstory_flutter/fs.dart';

import 'auth_state.dart';
import 'token_vault.dart';

/// Who is signed in. The right way out: the event, the release, then the end of the session.
class AuthCubit extends Cubit<AuthState> {
  AuthCubit({required FirebaseAuth auth, required TokenVault vault})
      : _auth = auth,
        _vault = vault,
        super(const AuthState.unknown());

  factory AuthCubit.live() => AuthCubit(auth: FirebaseAuth.instance, vault: const TokenVault());

  final FirebaseAuth _auth;
  final TokenVault _vault;

  Future<void> restore() async {
    final user = _auth.currentUser;
    if (user == null) {
      emit(const AuthState.signedOut());
      return;
    }
    await FS.identify(user.uid, {'displayName': user.displayName ?? ''});
    emit(AuthState.signedIn(user.uid));
  }

  Future<void> signIn(String email, String password) async {
    final credential = await _auth.signInWithEmailAndPassword(email: email, password: password);
    if (credential.user case final user?) {
      await FS.identify(user.uid, {'displayName': user.displayName ?? ''});
      emit(AuthState.signedIn(user.uid));
    }
  }

  Future<void> signOut() async {
    await FS.event('Signed Out', {'from': 'settings'});
    await FS.anonymize();
    try {
      await _auth.signOut();
    } finally {
      await _vault.clear();
      emit(const AuthState.signedOut());
    }
  }
}
