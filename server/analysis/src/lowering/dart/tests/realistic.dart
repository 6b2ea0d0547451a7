import 'dart:async';

import 'package:flutter/material.dart';
import 'package:flutter_bloc/flutter_bloc.dart';
import 'package:fullstory_flutter/fs.dart';
import 'package:http/http.dart' as http show Client, post;

part 'session_event.dart';

/// What a session may be.
enum SessionStatus {
  signedIn('in'),
  signedOut('out');

  const SessionStatus(this.label);
  final String label;
  bool get isOpen => this == SessionStatus.signedIn;
}

extension SessionContext on BuildContext {
  void leave() => Navigator.of(this).pushNamedAndRemoveUntil('/login', (route) => false);
}

mixin Timed on State<SessionPage> {
  Timer? _timer;
  void arm() => _timer ??= Timer(const Duration(minutes: 5), onTimeout);
  void onTimeout();
}

abstract class SessionStore {
  Future<void> clear();
}

class SessionBloc extends Bloc<SessionEvent, SessionState> {
  SessionBloc({required SessionStore store, http.Client? client})
      : _store = store,
        _client = client ?? http.Client(),
        super(const SessionState.unknown()) {
    on<LogoutRequested>(_onLogout);
    on<AccountSwitched>((event, emit) async => emit(state.copyWith(user: event.user)));
    _subscription = store.changes.listen((status) => add(StatusChanged(status)));
  }

  final SessionStore _store;
  final http.Client _client;
  late final StreamSubscription<SessionStatus> _subscription;
  static const _url = 'https://example.org/v1';

  Future<void> _onLogout(LogoutRequested event, Emitter<SessionState> emit) async {
    try {
      await _client.post(Uri.parse('$_url/logout?id=${event.id}'), headers: {if (event.all) 'x-all': '1'});
    } on TimeoutException catch (error, stack) {
      debugPrint('late: $error ${stack.toString().split('\n').first}');
    } catch (_) {
      rethrow;
    } finally {
      await _store.clear();
      unawaited(FS.anonymize());
    }
    emit(switch (state) {
      SessionState(:final user?) when user.isGuest => const SessionState.guest(),
      _ => const SessionState.signedOut(),
    });
  }

  @override
  Future<void> close() {
    _subscription.cancel();
    return super.close();
  }
}

class SessionPage extends StatefulWidget {
  const SessionPage({super.key, required this.title, this.onLogout});

  final String title;
  final VoidCallback? onLogout;

  @override
  State<SessionPage> createState() => _SessionPageState();
}

class _SessionPageState extends State<SessionPage> with Timed {
  final _items = <String, List<int>>{};

  @override
  void initState() {
    super.initState();
    arm();
    load().then((value) => setState(() => _items.addAll(value))).catchError((Object error) {
      showError(context, error);
    }).whenComplete(() => _timer?.cancel());
  }

  Future<Map<String, List<int>>> load() async* {
    for (var i = 0, n = 3; i < n; i++) {
      yield {'$i': [for (final x in await read(i)) if (x case int y when y > 0) y else -1, ...?extra]};
    }
    await for (final (name, values) in stream) {
      outer:
      while (values.isNotEmpty) {
        do {
          if (name == 'stop') break outer;
        } while (values.length > 1);
      }
    }
  }

  @override
  Widget build(BuildContext context) {
    return BlocListener<SessionBloc, SessionState>(
      listenWhen: (before, now) => before.status != now.status,
      listener: (context, state) {
        switch (state.status) {
          case SessionStatus.signedOut:
          case null:
            context.leave();
          default:
            break;
        }
      },
      child: Scaffold(
        appBar: AppBar(title: Text(widget.title), actions: [
          IconButton(icon: const Icon(Icons.logout), onPressed: widget.onLogout ?? () => _ask(context)),
        ]),
        body: Builder(builder: (context) => ListView(children: [..._items.keys.map((it) => Text('a' "b$it"))])),
      ),
    );
  }

  void _ask(BuildContext context) => showDialog<void>(
        context: context,
        builder: (context) => AlertDialog(
          title: const Text('Leave?'),
          actions: <Widget>[
            TextButton(onPressed: () => Navigator.pop(context), child: const Text('Cancel')),
            TextButton(
              onPressed: () async {
                context.read<SessionBloc>()
                  ..add(const LogoutRequested(id: 7))
                  ..add(LogoutRequested(id: 8, all: true));
                if (!context.mounted) return;
                widget.onLogout?.call();
              },
              child: Text(r'Sign out'),
            ),
          ],
        ),
      );
}
