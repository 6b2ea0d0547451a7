import 'package:flutter/material.dart';
import 'package:fullstory_flutter/fs.dart';
import 'package:go_router/go_router.dart';

import '../auth/token_vault.dart';
import '../support/customers.dart';

/// One person may act for several customers of the bank, each with an identity of its own.
class CustomerSwitcherPage extends StatelessWidget {
  const CustomerSwitcherPage({super.key, this.vault = const TokenVault()});

  final TokenVault vault;

  Future<void> switchUser(BuildContext context, Customer next) async {
    await vault.write(next.token);
    await FS.identify(next.id, {'displayName': next.name});
    if (context.mounted) context.go('/settings');
  }

  @override
  Widget build(BuildContext context) {
    return ListView(
      children: [
        for (final customer in customers)
          ListTile(
            title: Text(customer.name),
            trailing: switch (customer.kind) {
              Kind.person => const Icon(Icons.person),
              Kind.company => const Icon(Icons.business),
            },
            onTap: () => switchUser(context, customer),
          ),
      ],
    );
  }
}
