package com.lantern.shop.account

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import com.lantern.shop.auth.SessionManager
import dagger.hilt.android.lifecycle.HiltViewModel
import javax.inject.Inject
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.receiveAsFlow
import kotlinx.coroutines.launch

sealed interface AccountEvent {
    data object LoggedOut : AccountEvent

    data class Failed(val message: String) : AccountEvent
}

@HiltViewModel
class AccountViewModel @Inject constructor(private val sessions: SessionManager) : ViewModel() {
    private val channel = Channel<AccountEvent>()
    val events = channel.receiveAsFlow()

    fun logout() = viewModelScope.launch {
        val event = try {
            sessions.logout()
            AccountEvent.LoggedOut
        } catch (error: IllegalStateException) {
            AccountEvent.Failed(error.message ?: "?")
        }
        channel.send(event)
    }
}
