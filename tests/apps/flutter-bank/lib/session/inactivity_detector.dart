import 'dart:async';

import 'package:flutter/material.dart';
import 'package:fullstory_flutter/fs.dart';
import 'package:go_router/go_router.dart';
import 'package:shared_preferences/shared_preferences.dart';

/// Locks the bank when nobody has touched it for a while.
class InactivityDetector extends StatefulWidget {
  const InactivityDetector({super.key, required this.router, required this.child});

  final GoRouter router;
  final Widget child;

  @override
  State<InactivityDetector> createState() => _InactivityDetectorState();
}

class _InactivityDetectorState extends State<InactivityDetector> with WidgetsBindingObserver {
  static const _limit = Duration(minutes: 5);

  Timer? _timer;
  Timer? _heartbeat;

  @override
  void initState() {
    super.initState();
    WidgetsBinding.instance.addObserver(this);
    _touch();
    _heartbeat = Timer.periodic(const Duration(minutes: 1), (_) {
      if (_timer == null) FS.anonymize();
    });
  }

  void _touch([PointerEvent? _]) {
    _timer?.cancel();
    _timer = Timer(_limit, _onSessionTimeout);
  }

  Future<void> _onSessionTimeout() async {
    FS
      ..event('Session Timed Out', {'minutes': _limit.inMinutes})
      ..anonymize();
    final preferences = await SharedPreferences.getInstance();
    await preferences.remove('session_token');
    widget.router.goNamed('login');
  }

  @override
  void dispose() {
    _timer?.cancel();
    _heartbeat?.cancel();
    WidgetsBinding.instance.removeObserver(this);
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => Listener(onPointerDown: _touch, child: widget.child);
}
