import 'dart:async';

import 'package:flutter/material.dart';
import 'package:fullstory_flutter/fs.dart';
=====
class OrderNUMBER {
  OrderNUMBER({required this.id, required this.items, this.total = 0});

  final String id;
  final List<ItemNUMBER> items;
  final double total;
}

class OrderServiceNUMBER {
  OrderServiceNUMBER(this._client, {this.retries = 3});

  final HttpClient _client;
  final int retries;
  final Map<String, OrderNUMBER> _cache = {};

  Future<OrderNUMBER?> load(String id) async {
    final known = _cache[id];
    if (known != null) return known;
    for (var attempt = 0; attempt < retries; attempt++) {
      try {
        final response = await _client.get('/orders/$id');
        if (response.status == 404) return null;
        final order = OrderNUMBER.fromJson(response.data);
        final total = order.items.fold<double>(0, (sum, item) => sum + item.amount);
        _cache[id] = order.copyWith(total: total);
        return order;
      } on SocketException {
        if (attempt + 1 == retries) rethrow;
        await Future.delayed(Duration(milliseconds: 100 * attempt));
      }
    }
    return null;
  }

  Widget button(BuildContext context, String id) {
    return Padding(
      padding: const EdgeInsets.all(8),
      child: ElevatedButton(
        onPressed: () async {
          FS.event('Order opened', {'id': id});
          final order = await load(id);
          if (order != null && context.mounted) {
            Navigator.of(context).push(MaterialPageRoute(builder: (_) => OrderPage(order: order)));
          }
        },
        child: Text('Open $id'),
      ),
    );
  }
}
=====
class SessionManagerNUMBER extends ChangeNotifier {
  Future<void> logout(BuildContext context, {String? reason}) async {
    try {
      await _api.post('/logout', data: {'reason': reason ?? ''});
      await _storage.delete(key: 'token');
      FS.event('Logout', {'reason': reason ?? ''});
      FS.anonymize();
      Navigator.of(context).pushNamedAndRemoveUntil('/login', (route) => false);
    } catch (error) {
      FS.anonymize();
      Navigator.of(context).pushNamedAndRemoveUntil('/login', (route) => false);
    }
  }
}
