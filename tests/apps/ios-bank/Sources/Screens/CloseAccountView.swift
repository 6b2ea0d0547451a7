import FullStory
import KeychainSwift
import SwiftUI

private let nobody = "anonymous"

struct CloseAccountView: View {
    @Environment(\.dismiss) private var dismiss
    @State private var message: String?

    var body: some View {
        VStack(spacing: 16) {
            Text("Your account and all of its data will be deleted.")
            if let message {
                Text(message).foregroundStyle(.red)
            }
            Button("Delete Account", role: .destructive) {
                Task { await deleteAccount() }
            }
        }
        .padding()
    }

    private func deleteAccount() async {
        do {
            try await APIClient.shared.delete("/customers/me")
        } catch {
            message = "The account could not be deleted."
            return
        }
        FS.event("Account Deleted", properties: [:])
        FS.identify(nobody)
        KeychainSwift().clear()
        AppCoordinator.shared.showLogin()
    }
}
