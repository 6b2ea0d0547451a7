import 'package:dio/dio.dart';
import 'package:flutter/material.dart';
import 'package:fullstory_flutter/fs.dart';

/// Asks, and closes the account for good.
Future<void> confirmClosing(BuildContext context) => showDialog<void>(
      context: context,
      builder: (dialog) => AlertDialog(
        title: const Text('Close your account?'),
        actions: [
          TextButton(onPressed: () => Navigator.pop(dialog), child: const Text('Keep it')),
          TextButton(onPressed: () => closeAccount(Navigator.of(context), Dio()), child: const Text('Close it')),
        ],
      ),
    );

Future<void> closeAccount(NavigatorState navigator, Dio dio) async {
  try {
    await dio.delete('/me');
  } on DioException catch (error) {
    debugPrint('The account stays: ${error.message}');
    return;
  }
  await FS.event('Account Closed', {});
  await FS.identify('anonymous');
  navigator.pushNamedAndRemoveUntil('/', (route) => false);
}
