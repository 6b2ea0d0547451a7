import 'package:dio/dio.dart';
import 'package:fullstory_flutter/fs.dart';

import '../app_router.dart';
import 'token_vault.dart';

/// Sends whoever the server no longer knows to the login page.
class UnauthorizedInterceptor extends Interceptor {
  UnauthorizedInterceptor(this.vault);

  final TokenVault vault;

  @override
  void onError(DioException err, ErrorInterceptorHandler handler) {
    if (err.response?.statusCode == 401) {
      handleUnauthorized().whenComplete(() => handler.reject(err));
      return;
    }
    handler.next(err);
  }

  Future<void> handleUnauthorized() async {
    await vault.clear();
    FS.event('Session Expired', {'reason': '401'});
    FS.anonymize();
    navigatorKey.currentState?.pushNamedAndRemoveUntil('/login', (route) => false);
  }
}
