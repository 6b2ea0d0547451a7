import 'package:flutter/material.dart';
import 'package:go_router/go_router.dart';

import 'account/customer_switcher_page.dart';
import 'account/settings_page.dart';
import 'widgets/login_page.dart';
import 'widgets/welcome_page.dart';

final navigatorKey = GlobalKey<NavigatorState>();

final appRouter = GoRouter(
  navigatorKey: navigatorKey,
  initialLocation: '/',
  routes: [
    GoRoute(path: '/', builder: (context, state) => const WelcomePage()),
    GoRoute(path: '/login', name: 'login', builder: (context, state) => const LoginPage()),
    GoRoute(
      path: '/settings',
      builder: (context, state) => const SettingsPage(),
      routes: [
        GoRoute(path: 'customers', builder: (context, state) => const CustomerSwitcherPage()),
      ],
    ),
  ],
);
