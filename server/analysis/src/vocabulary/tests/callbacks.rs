//! When callbacks run.

use super::{Reader, WEB};
use crate::lowering::{BodyUse, Name};
use crate::vocabulary::{FileView, Runs, Vocabulary};

/// When the function runs that is an argument of a call: the last one, or the property after `.` in `key`.
fn runs(text: &str, position: u32, key: Option<&str>) -> Runs {
    let mut reader = Reader::new(text);
    let call = reader.call();
    let view = FileView { path: "src/a.ts", text, lowered: &reader.lowered, platform: WEB };
    Vocabulary::builtin().runs_argument(&view, &call.callee, &call.written, &call.arguments, position, key)
}

#[test]
fn arguments() {
    let mut wrong = Vec::new();
    for (text, position, wanted) in [
        ("~items.forEach(()=>x)", 0, Runs::Each),
        ("~items.map(()=>x)", 0, Runs::Each),
        ("~items.reduce(()=>x, 0)", 0, Runs::Each),
        ("lodash#forEach(a, ()=>x)", 1, Runs::Each),
        ("setTimeout(()=>x, 10)", 0, Runs::Later),
        ("window.setTimeout(()=>x, 10)", 0, Runs::Later),
        ("requestAnimationFrame(()=>x)", 0, Runs::Later),
        ("react-native#InteractionManager.runAfterInteractions(()=>x)", 0, Runs::Later),
        ("this.$nextTick(()=>x)", 0, Runs::Later),
        ("setInterval(()=>x, 10)", 0, Runs::Repeatedly),
        ("./hooks#useInterval(()=>x, 10)", 0, Runs::Repeatedly),
        ("window.addEventListener('scroll', ()=>x)", 1, Runs::Repeatedly),
        ("~input.addEventListener('input', ()=>x)", 1, Runs::Repeatedly),
        ("window.addEventListener('error', ()=>x)", 1, Runs::OnError),
        ("window.addEventListener('unhandledrejection', ()=>x)", 1, Runs::OnError),
        ("window.addEventListener('click', ()=>x)", 1, Runs::OnEvent),
        ("~button.addEventListener('click', ()=>x)", 1, Runs::OnEvent),
        ("axios#default.interceptors.response.use(()=>x, ()=>x)", 0, Runs::OnEvent),
        ("axios#default.interceptors.response.use(()=>x, ()=>x)", 1, Runs::OnError),
        ("./api#api.interceptors.response.use(()=>x, ()=>x)", 1, Runs::OnError),
        ("react#useEffect(()=>x, [])", 0, Runs::OnMount),
        ("react#default.useEffect(()=>x, [])", 0, Runs::OnMount),
        ("useEffect(()=>x, [])", 0, Runs::OnMount),
        ("@react-navigation/native#useFocusEffect(()=>x)", 0, Runs::OnMount),
        ("vue#onMounted(()=>x)", 0, Runs::OnMount),
        ("svelte#onMount(()=>x)", 0, Runs::OnMount),
        ("vue#watch(store.user, ()=>x)", 1, Runs::OnAuthChange),
        ("vue#watch(store.theme, ()=>x)", 1, Runs::OnMount),
        ("firebase/auth#onAuthStateChanged(auth, ()=>x)", 1, Runs::OnAuthChange),
        ("./supabase#supabase.auth.onAuthStateChange(()=>x)", 0, Runs::OnAuthChange),
        ("aws-amplify#Hub.listen('auth', ()=>x)", 1, Runs::OnAuthChange),
        ("react#useCallback(()=>x, [])", 0, Runs::Wrapped),
        ("lodash/debounce#default(()=>x, 10)", 0, Runs::Wrapped),
        ("react#memo(()=>x)", 0, Runs::Wrapped),
        ("mobx#action(()=>x)", 0, Runs::Wrapped),
        ("react-redux#batch(()=>x)", 0, Runs::Now),
        ("react-dom#flushSync(()=>x)", 0, Runs::Now),
        ("react#startTransition(()=>x)", 0, Runs::Now),
        ("react#useTransition()[](()=>x)", 0, Runs::Now),
        ("mobx#runInAction(()=>x)", 0, Runs::Now),
        ("Promise(()=>x)", 0, Runs::Now),
        ("redux-saga/effects#call(()=>x)", 0, Runs::Now),
        ("redux-saga/effects#takeLatest('LOGOUT', ()=>x)", 1, Runs::Dispatched),
        ("this.user$.subscribe(()=>x)", 0, Runs::OnAuthChange),
        ("this.http.post('/x').subscribe(()=>x)", 0, Runs::Later),
        ("this.http.post('/x').subscribe(()=>x, ()=>x)", 1, Runs::OnError),
        ("rxjs#tap(()=>x)", 0, Runs::Later),
        ("rxjs/operators#catchError(()=>x)", 0, Runs::OnError),
        ("./mine#whatever(()=>x)", 0, Runs::Unknown),
    ] {
        let found = runs(text, position, None);
        if found != wanted {
            wrong.push(format!("{text}: wanted {wanted:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn keys() {
    for (key, wanted) in [
        ("onSuccess", Runs::Later),
        ("onSettled", Runs::Later),
        ("onCompleted", Runs::Later),
        ("onError", Runs::OnError),
        ("onPress", Runs::OnEvent),
        ("mutationFn", Runs::Wrapped),
        ("whatever", Runs::Unknown),
    ] {
        assert_eq!(runs("./api#useLogoutMutation({})", 0, Some(key)), wanted, "{key}");
    }
    assert_eq!(runs("~source.subscribe({})", 0, Some("error")), Runs::OnError);
    assert_eq!(runs("~source.subscribe({})", 0, Some("next")), Runs::Later);
    assert_eq!(runs("react-native#Alert.alert('a', 'b', [])", 2, Some("onPress")), Runs::OnEvent);
}

#[test]
fn attributes() {
    let vocabulary = Vocabulary::builtin();
    for (element, attribute, wanted) in [
        ("button", "onClick", Runs::OnEvent),
        ("Pressable", "onPress", Runs::OnEvent),
        ("form", "onSubmit", Runs::OnEvent),
        ("form", "action", Runs::OnEvent),
        ("select", "onChange", Runs::OnEvent),
        ("input", "onChange", Runs::Repeatedly),
        ("TextInput", "onChangeText", Runs::Repeatedly),
        ("div", "onScroll", Runs::Repeatedly),
        ("ErrorBoundary", "onError", Runs::OnError),
        ("ErrorBoundary", "fallbackRender", Runs::OnError),
        ("Route", "render", Runs::OnMount),
        ("div", "className", Runs::Unknown),
    ] {
        let used = BodyUse::Attribute { element: element.into(), attribute: attribute.into() };
        let view = FileView { path: "a.tsx", text: "", lowered: &Default::default(), platform: WEB };
        assert_eq!(vocabulary.runs(&view, &used), wanted, "{element}.{attribute}");
    }
}

#[test]
fn other_uses() {
    let vocabulary = Vocabulary::builtin();
    let view = FileView { path: "a.tsx", text: "", lowered: &Default::default(), platform: WEB };
    assert_eq!(vocabulary.runs(&view, &BodyUse::InPlace { on_error: false }), Runs::Now);
    assert_eq!(vocabulary.runs(&view, &BodyUse::InPlace { on_error: true }), Runs::OnError);
    assert_eq!(vocabulary.runs(&view, &BodyUse::Bound), Runs::Unknown);
}

/// A closure in place: the event's name is in the call that it is handed to.
#[test]
fn a_listeners_event_is_looked_up_in_its_call() {
    let vocabulary = Vocabulary::builtin();
    for (event, wanted) in [("scroll", Runs::Repeatedly), ("error", Runs::OnError), ("click", Runs::OnEvent)] {
        let text = format!("window.addEventListener('{event}', ()=>x)");
        let mut reader = Reader::new(&text);
        let call = reader.call();
        let mut outer = super::empty_body();
        let mut inner = super::empty_body();
        inner.parent = Some(crate::lowering::BodyId(0));
        inner.used_as = BodyUse::Argument {
            callee: call.callee.clone(),
            written: vec![Name::from("window"), Name::from("addEventListener")],
            position: 1,
            key: None,
        };
        outer.code_mut().nodes.push(crate::lowering::Node {
            step: crate::lowering::Step::Call(Box::new(call)),
            span: Default::default(),
            statement: None,
            next: Default::default(),
            handler: None,
            in_catch: false,
            in_loop: None,
        });
        reader.lowered.bodies = vec![outer.into(), inner.into()];
        let view = FileView { path: "a.ts", text: &text, lowered: &reader.lowered, platform: WEB };
        assert_eq!(vocabulary.runs(&view, &reader.lowered.bodies[1].used_as), wanted, "{event}");
    }
}

#[test]
fn lifecycles() {
    let vocabulary = Vocabulary::builtin();
    let lowered = crate::lowering::LoweredFile::unread();
    let view = FileView { path: "a.ts", text: "", lowered: &lowered, platform: WEB };
    let class = super::class_of(None);
    for method in ["componentDidMount", "ngOnInit", "mounted", "created", "ionViewDidEnter", "render", "constructor"] {
        assert_eq!(vocabulary.lifecycle(&view, &class, method), Some(Runs::OnMount), "{method}");
    }
    assert_eq!(vocabulary.lifecycle(&view, &class, "componentDidCatch"), Some(Runs::OnError));
    assert_eq!(vocabulary.lifecycle(&view, &class, "ngOnDestroy"), None);
    assert_eq!(vocabulary.lifecycle(&view, &class, "logout"), None);
}
