import Combine
import SwiftUI
import UIKit
#if canImport(FullStory)
import FullStory
#endif

enum SessionState: Equatable {
    case signedIn(User), locked, signedOut
}

protocol AuthServing: AnyObject {
    var user: User? { get }
    func logout() async throws
}

@MainActor
final class AuthManager: ObservableObject, AuthServing {
    static let shared = AuthManager()

    @Published private(set) var user: User?
    @AppStorage("token") private var token = ""
    var state: SessionState = .signedOut {
        didSet {
            guard oldValue != state else { return }
            NotificationCenter.default.post(name: .sessionChanged, object: nil)
        }
    }
    private lazy var client: APIClient = { APIClient(baseURL: Config.url) }()
    private var cancellables = Set<AnyCancellable>()

    init(keychain: Keychain = .standard) {
        self.keychain = keychain
        $user.map { $0 != nil }.removeDuplicates().sink { [weak self] isIn in
            guard let self, isIn else { return }
            self.refresh()
        }.store(in: &cancellables)
    }

    deinit { NotificationCenter.default.removeObserver(self) }

    func logout() async throws {
        defer { state = .signedOut }
        do {
            try await client.post("/logout", body: ["token": token, "reason": "user"])
        } catch let error as URLError where error.code == .notConnectedToInternet {
            log.warning("offline: \(error.localizedDescription, privacy: .public)")
        } catch {
            throw AuthError.failed(error)
        }
        FS.anonymize()
        user = nil
        try? keychain.remove("token")
    }

    func route(for state: SessionState) -> Route {
        switch state {
        case .signedIn(let user) where user.isAdmin: return .admin
        case .signedIn, .locked:
            fallthrough
        case .signedOut:
            return state == .locked ? .unlock : .login
        }
    }
}

final class SettingsViewController: UIViewController {
    @IBOutlet private weak var signOutButton: UIButton!

    override func viewDidLoad() {
        super.viewDidLoad()
        signOutButton.addTarget(self, action: #selector(didTapSignOut(_:)), for: .touchUpInside)
    }

    @objc private func didTapSignOut(_ sender: UIButton) {
        let alert = UIAlertController(title: "Sign out?", message: nil, preferredStyle: .alert)
        alert.addAction(UIAlertAction(title: "Sign Out", style: .destructive) { [weak self] _ in
            Task { try? await AuthManager.shared.logout(); await MainActor.run { self?.showLogin() } }
        })
        present(alert, animated: true, completion: nil)
    }

    private func showLogin() {
        UIView.animate(withDuration: 0.3) {
            self.view.alpha = 0
        } completion: { _ in
            if #available(iOS 15, *), let scene = self.view.window?.windowScene?.delegate as? SceneDelegate {
                scene.window?.rootViewController = UINavigationController(rootViewController: LoginViewController())
            }
        }
    }
}

struct ProfileView: View {
    @EnvironmentObject var auth: AuthManager
    @State private var isAsking = false

    var body: some View {
        List(auth.user?.accounts ?? [], id: \.self) { account in
            Text(account.name + " (" + account.kind + ")")
        }
        .task { await auth.load() }
        .onChange(of: auth.user) { _, user in if user == nil { FS.anonymize() } }
        .alert("Sign out?", isPresented: $isAsking) {
            Button("Sign Out", role: .destructive) { Task { try await auth.logout() } }
            Button("Cancel", role: .cancel) {}
        } message: { Text("You can sign in again.") }
    }
}

#Preview { ProfileView().environmentObject(AuthManager.shared) }
