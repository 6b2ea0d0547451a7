package com.lantern.shop

import android.app.Application
import com.fullstory.FS
import dagger.hilt.android.HiltAndroidApp

@HiltAndroidApp
class LanternApplication : Application() {
    override fun onCreate() {
        super.onCreate()
        FS.setReadyListener { session -> FS.log(FS.LogLevel.INFO, "recording ${session.currentSessionURL}") }
    }
}
