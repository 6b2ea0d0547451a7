import { FullStory } from '@fullstory/browser';
import { Component, type ErrorInfo, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
    FullStory('setIdentity', { anonymous: true });
  }

  render() {
    if (this.state.failed) {
      return <p role="alert">Something went wrong. Please reload the page.</p>;
    }
    return this.props.children;
  }
}
