import { SvgIcon, type SvgIconProps } from '@mui/material'

const icon = (path: string) =>
  function Icon(props: SvgIconProps) {
    return (
      <SvgIcon {...props} viewBox="0 0 24 24">
        <path d={path} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
      </SvgIcon>
    )
  }

export const CameraIcon = icon('M3 8.5h4l2-3h6l2 3h4v11H3zM12 10.500a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7')
export const RegionsIcon = icon('M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 9h6v6H9z')
export const BaselineIcon = icon('M3 4h8v7H3zM13 4h8v7h-8zM3 13h8v7H3zM14 17l2.5 2.5L21 14.5')
export const ThresholdIcon = icon('M3 20h18M5.5 20v-5M8.5 20V9M11.5 20v-8M17.5 20v-3M14.500 3v17')
export const OutputsIcon = icon('M3 12h4l2-6h3l2 12h3l1.500-6H21')
export const StartIcon = icon('M7 4.5v15l12-7.5z')

export const SelectIcon = icon('M5 3l14 8.500l-6 1.500l-3 6z')
export const RectangleIcon = icon('M4 6h16v12H4z')
export const PolygonIcon = icon('M5 9l8-5l7 6l-3 9H7z')
export const MaskRectangleIcon = icon('M3 5h18v14H3zM8 9h8v6H8zM8 15l6-6M11 15l5-5')
export const MaskPolygonIcon = icon('M3 5h18v14H3zM8 14l3-5.500l5 2.500l-2 4.500z')
export const PanIcon = icon('M12 3v18M3 12h18M12 3l-2.500 2.500M12 3l2.500 2.500M12 21l-2.500-2.500M12 21l2.500-2.500M3 12l2.500-2.500M3 12l2.500 2.500M21 12l-2.500-2.500M21 12l-2.500 2.500')
export const UndoIcon = icon('M9 6L4 11l5 5M4.500 11H14a6 6 0 0 1 0 12h-1')
export const RedoIcon = icon('M15 6l5 5l-5 5M19.500 11H10a6 6 0 0 0 0 12h1')
export const PlusIcon = icon('M12 5v14M5 12h14')
export const MinusIcon = icon('M5 12h14')
export const FitIcon = icon('M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5')
export const DuplicateIcon = icon('M8 8h12v12H8zM16 8V4H4v12h4')
export const DeleteIcon = icon('M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5')
export const RefreshIcon = icon('M20 11a8 8 0 1 0-1.500 6M20 5v6h-6')
export const ArrowUpIcon = icon('M12 20V5M6 11l6-6l6 6')
export const ArrowDownIcon = icon('M12 4v15M6 13l6 6l6-6')
export const ArrowLeftIcon = icon('M20 12H5M11 6l-6 6l6 6')
export const ArrowRightIcon = icon('M4 12h15M13 6l6 6l-6 6')
export const FolderIcon = icon('M3 6h6l2 2.500h10V19H3z')
export const DoneIcon = icon('M5 12.500l4.500 4.500L19 7.500')
export const LeaveIcon = icon('M14 4h6v16h-6M4 12h11M8 8l-4 4l4 4')
