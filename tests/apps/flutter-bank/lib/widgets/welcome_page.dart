import 'package:flutter/material.dart';
import 'package:fullstory_flutter/fs.dart';

class WelcomePage extends StatefulWidget {
  const WelcomePage({super.key});

  @override
  State<WelcomePage> createState() => _WelcomePageState();
}

class _WelcomePageState extends State<WelcomePage> {
  @override
  void initState() {
    super.initState();
    FS.anonymize();
  }

  @override
  Widget build(BuildContext context) {
    return Center(
      child: TextButton(onPressed: () => Navigator.of(context).pushNamed('/login'), child: const Text('Log in')),
    );
  }
}
