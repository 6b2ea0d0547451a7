import 'package:flutter/material.dart';
import 'package:flutter_bloc/flutter_bloc.dart';

import '../auth/auth_cubit.dart';

class LoginPage extends StatefulWidget {
  const LoginPage({super.key});

  @override
  State<LoginPage> createState() => _LoginPageState();
}

class _LoginPageState extends State<LoginPage> {
  final _email = TextEditingController();
  final _password = TextEditingController();
  String? _error;

  Future<void> _signIn() async {
    try {
      await context.read<AuthCubit>().signIn(_email.text, _password.text);
    } on Exception catch (error) {
      setState(() => _error = '$error');
    }
  }

  @override
  Widget build(BuildContext context) {
    return Column(
      children: [
        TextField(controller: _email),
        TextField(controller: _password, obscureText: true),
        if (_error case final error?) Text(error),
        FilledButton(onPressed: _signIn, child: const Text('Log in')),
      ],
    );
  }
}
