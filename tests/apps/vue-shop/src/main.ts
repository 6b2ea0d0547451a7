import { init } from '@fullstory/browser'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'

init({ orgId: 'o-LANTERN-na1' })
createApp(App).use(createPinia()).use(router).mount('#app')
