import 'package:flutter/material.dart';
import 'package:flutter_bloc/flutter_bloc.dart';

import 'app_router.dart';
import 'auth/auth_cubit.dart';
import 'session/inactivity_detector.dart';

void main() {
  WidgetsFlutterBinding.ensureInitialized();
  runApp(const BankApp());
}

class BankApp extends StatelessWidget {
  const BankApp({super.key});

  @override
  Widget build(BuildContext context) {
    return BlocProvider(
      create: (context) => AuthCubit.live()..restore(),
      child: InactivityDetector(
        router: appRouter,
        child: MaterialApp.router(title: 'Bank', routerConfig: appRouter),
      ),
    );
  }
}
