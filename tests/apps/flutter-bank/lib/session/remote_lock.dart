import 'package:firebase_auth/firebase_auth.dart';
import 'package:fullstory_flutter/fs.dart';
import 'package:go_router/go_router.dart';

/// The bank's staff lock an account from afar.
class RemoteLock {
  RemoteLock(this._auth, this._router);

  final FirebaseAuth _auth;
  final GoRouter _router;

  void listen(Stream<LockMessage> messages) {
    messages.listen((message) async {
      switch (message) {
        case LockMessage(:final reason) when message.isFinal:
          await forceLogout(reason);
        case LockMessage():
          _router.push('/notice');
      }
    });
  }

  Future<void> forceLogout(String reason) async {
    await FS.event('Locked', {'reason': reason});
    await _release();
    await _auth.signOut();
    await FS.anonymize();
    _router.go('/login');
  }

  Future<void> _release() => FS.anonymize();
}

class LockMessage {
  const LockMessage(this.reason, {this.isFinal = false});

  final String reason;
  final bool isFinal;
}
