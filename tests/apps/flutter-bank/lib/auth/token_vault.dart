import 'package:flutter_secure_storage/flutter_secure_storage.dart';

/// Keeps the tokens. It is asked by whoever ends a session, and ends none by itself.
class TokenVault {
  const TokenVault([this._storage = const FlutterSecureStorage()]);

  final FlutterSecureStorage _storage;

  Future<String?> read() => _storage.read(key: 'access_token');

  Future<void> write(String token) => _storage.write(key: 'access_token', value: token);

  Future<void> clear() => _storage.delete(key: 'access_token');
}
