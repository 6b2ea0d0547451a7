import 'package:flutter/material.dart';
import 'package:flutter_bloc/flutter_bloc.dart';
import 'package:go_router/go_router.dart';

import '../auth/auth_cubit.dart';
import '../auth/token_vault.dart';
import 'close_account.dart';

class SettingsPage extends StatelessWidget {
  const SettingsPage({super.key, this.vault = const TokenVault()});

  final TokenVault vault;

  @override
  Widget build(BuildContext context) {
    return Scaffold(
      appBar: AppBar(title: const Text('Settings')),
      body: ListView(
        children: [
          for (final (title, path) in const [('Customers', '/settings/customers'), ('Help', '/help')])
            ListTile(title: Text(title), onTap: () => context.push(path)),
          ListTile(
            title: const Text('Sign out'),
            onTap: () async {
              await context.read<AuthCubit>().signOut();
              if (context.mounted) context.goNamed('login');
            },
          ),
          ListTile(
            title: const Text('Sign out of this device only'),
            onTap: () async {
              await vault.clear();
              if (!context.mounted) return;
              context.goNamed('login');
            },
          ),
          ListTile(title: const Text('Close my account'), onTap: () => confirmClosing(context)),
        ],
      ),
    );
  }
}
