/** Tokens of ui.md §4; measured there to give no contrast violation. CSS of our own reads the same values as variables. */
import { theme, type ThemeConfig } from 'antd';

export type Scheme = 'light' | 'dark';

const font =
  '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", system-ui, -apple-system, "Segoe UI", sans-serif';

const light = {
  colorPrimary: '#1F5FBF',
  colorPrimaryHover: '#184E9E',
  colorPrimaryActive: '#123E80',
  colorLink: '#1F5FBF',
  colorText: '#17212B',
  colorTextSecondary: '#46525F',
  colorTextTertiary: '#46525F',
  colorTextQuaternary: '#5A6673',
  colorTextDescription: '#46525F',
  colorTextPlaceholder: '#5A6673',
  colorTextDisabled: '#5A6673',
  colorError: '#B42318',
  colorErrorHover: '#912018',
  colorErrorText: '#B42318',
  colorWarningText: '#7A4100',
  colorBgLayout: '#F3F5F8',
};

const dark = {
  colorPrimary: '#7FB0FF',
  colorPrimaryHover: '#A6C8FF',
  colorPrimaryActive: '#A6C8FF',
  colorLink: '#8AB8FF',
  colorTextLightSolid: '#0B1420',
  colorText: '#EDF2F7',
  colorTextSecondary: '#B8C4D2',
  colorTextTertiary: '#B8C4D2',
  colorTextQuaternary: '#B8C4D2',
  colorTextDescription: '#B8C4D2',
  colorTextPlaceholder: '#B8C4D2',
  colorTextDisabled: '#B8C4D2',
  colorError: '#FF7B72',
  colorErrorText: '#FF7B72',
  colorWarningText: '#F2C078',
  colorBgLayout: '#0B1420',
  colorBgContainer: '#101C2C',
  colorBgElevated: '#152438',
};

export function themeOf(scheme: Scheme, phone: boolean): ThemeConfig {
  return {
    algorithm: scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...(scheme === 'dark' ? dark : light),
      fontFamily: font,
      borderRadius: 4,
      fontSize: phone ? 16 : 14,
      // Targets of 44 px on field pages and phones; dense on desks.
      controlHeight: phone ? 44 : 32,
    },
    components: {
      Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    },
  };
}
